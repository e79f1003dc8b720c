import type { Source } from '../../../model';
import { replaceLocked, type Lock, type LockPlace } from './lock';

/** `"core@file:./packages/core":` and below it `  version "1.2.0"`. */
const copied = /^(?=\S)(.*@file:.*):\r?\n {2}version "([^"\r\n]+)"/gm;

/**
 * yarn 1 (1.22) does not lock the members of a workspace. What it does lock is a package that is copied from a
 * directory of the repository (`file:`), with its version.
 */
export function openClassicLock(source: Source): Lock {
  const places = new Map<string, LockPlace[]>();
  for (const { 0: whole, 1: key = '', 2: text = '', index } of source.text.matchAll(copied)) {
    const start = index + whole.length - 1 - text.length;
    for (const name of namesIn(key)) {
      const place = { start, end: start + text.length, text };
      places.set(name, [...(places.get(name) ?? []), place]);
    }
  }
  return {
    edits: ({ versions }) =>
      versions.flatMap(({ name, version }) =>
        (places.get(name) ?? []).flatMap((place) =>
          replaceLocked(source, place, { key: name, from: place.text, to: version }),
        ),
      ),
  };
}

function namesIn(key: string): Set<string> {
  const descriptors = key.split(/, */).map((each) => each.replaceAll('"', ''));
  return new Set(
    descriptors.flatMap((each) => /^((?:@[^@/]+\/)?[^@/]+)@file:/.exec(each)?.[1] ?? []),
  );
}
