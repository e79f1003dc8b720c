import { posix } from 'node:path';
import type { Edit, Source } from '../../../model';
import { replaceLocked, type Lock, type LockPlace } from './lock';

/** `"core@file:./packages/core":` and below it `  version "1.2.0"`. */
const copied = /^(?=\S)(.*@file:.*):\r?\n {2}version "([^"\r\n]+)"/gm;

/**
 * yarn 1 (1.22) does not lock the members of a workspace. What it does lock is a package that is copied from a
 * directory of the repository (`file:`), with its version.
 */
export function openClassicLock(source: Source): Lock {
  const places = new Map<string, LockPlace[]>();
  const copies = new Map<string, LockPlace[]>();
  const add = (map: Map<string, LockPlace[]>, key: string, place: LockPlace): void => {
    map.set(key, [...(map.get(key) ?? []), place]);
  };
  for (const { 0: whole, 1: key = '', 2: text = '', index } of source.text.matchAll(copied)) {
    const start = index + whole.length - 1 - text.length;
    const place = { start, end: start + text.length, text };
    const { names, directories } = copiesIn(key);
    for (const name of names) add(places, name, place);
    for (const directory of directories) add(copies, directory, place);
  }
  const replace = (found: readonly LockPlace[] = [], key: string, to: string): Edit[] =>
    found.flatMap((place) => replaceLocked(source, place, { key, from: place.text, to }));
  return {
    directories: copies.keys(),
    edits: ({ directory, name = '', version, versions }) => [
      ...versions.flatMap((each) => replace(places.get(each.name), each.name, each.version)),
      ...(version === undefined ? [] : replace(copies.get(directory), name, version)),
    ],
  };
}

/** Names and directories in `"core@file:../core", core@file:../../packages/core`. */
function copiesIn(key: string) {
  const names = new Set<string>();
  const directories = new Set<string>();
  for (const descriptor of key.split(/, */).map((each) => each.replaceAll('"', ''))) {
    const [, name, path] = /^((?:@[^@/]+\/)?[^@/]+)@file:(.*)$/.exec(descriptor) ?? [];
    if (name === undefined || path === undefined) continue;
    names.add(name);
    directories.add(posix.join(path, '.').replace(/\/$/, ''));
  }
  return { names, directories };
}
