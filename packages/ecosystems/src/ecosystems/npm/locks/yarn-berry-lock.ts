import { posix } from 'node:path';
import type { Edit, Source } from '../../../model';
import { requirement } from '../requirement';
import { replaceLocked, type Lock, type LockedVersion, type LockPlace } from './lock';
import { lockLines, type LockLine } from './lock-lines';

/**
 * Lock files of yarn 2 to 4. An entry of the workspace has `resolution: "core@workspace:packages/core"`, the version
 * `0.0.0-use.local`, the requirements of its manifest, and in its key all requirements that it answers:
 * `"core@npm:^1.2.0, core@workspace:packages/core"`. What is linked by `portal:` has its requirements, too; of what is
 * copied by `file:` there is a digest over its contents, which yarn alone can make. Ranges have `npm:` before them since yarn 4. Seen with 4.18.
 */
export function openBerryLock(source: Source): Lock {
  const { directories, members, keys, foreign } = indexLines(source.text);
  const replace = (place: LockPlace, key: string, from: string, to: string): Edit[] =>
    replaceLocked(source, place, { key, from, to, spelled: spell(to) });
  return {
    directories,
    edits: ({ directory, texts, versions }) => [
      ...texts.flatMap(({ key, from, to }) =>
        (members.get(`${directory || '.'}\0${key}`) ?? []).flatMap((place) => [
          ...replace(place, key, from, to),
          ...replace(place, key, `npm:${from}`, `npm:${to}`),
        ]),
      ),
      ...versions.flatMap((wanted) =>
        (keys.get(wanted.name) ?? []).flatMap((place) =>
          replace(place, wanted.name, place.text, answered(place.text, wanted, foreign)),
        ),
      ),
    ],
  };
}

interface Index {
  readonly directories: ReadonlySet<string>;
  /** Requirements in entries of the workspace, by directory and key. */
  readonly members: ReadonlyMap<string, readonly LockPlace[]>;
  /** Keys of entries of the workspace, by the name of their package. */
  readonly keys: ReadonlyMap<string, readonly LockPlace[]>;
  /** What packages from elsewhere ask for: `core@npm:^1.0.0`. */
  readonly foreign: ReadonlySet<string>;
}

const member = /^((?:@[^@/]+\/)?[^@/]+)@workspace:(.*)$/;
/** `core@portal:../core::locator=app%40workspace%3Aapp`: a path from the directory of `app`. */
const portal = /@portal:(.*)::locator=[^@:]*%40workspace%3A([^&]*)$/;

function indexLines(text: string): Index {
  const directories = new Set<string>();
  const members = new Map<string, LockPlace[]>();
  const keys = new Map<string, LockPlace[]>();
  const foreign = new Set<string>();
  const add = (map: Map<string, LockPlace[]>, key: string, place: LockPlace): void => {
    map.set(key, [...(map.get(key) ?? []), place]);
  };
  for (const [head, ...lines] of entriesOf(text)) {
    if (!head) continue;
    const resolution = lines.find(({ path }) => path.length === 2 && path[1] === 'resolution');
    const { name, directory } = localPackage(resolution?.value.text ?? '');
    if (name !== undefined) add(keys, name, head.key);
    if (directory !== undefined) directories.add(directory === '.' ? '' : directory);
    for (const { path, value } of lines) {
      const [, table = '', key = ''] = path;
      if (path.length !== 3 || !/^(?:peerD|d)ependencies$/.test(table)) continue;
      if (directory !== undefined) add(members, `${directory}\0${key}`, value);
      else foreign.add(`${key}@${value.text}`);
    }
  }
  return { directories, members, keys, foreign };
}

/** Members of the workspace have a name for the requirements that they answer; a portal answers nothing else. */
function localPackage(resolution: string): { readonly name?: string; readonly directory?: string } {
  const [, name, directory] = member.exec(resolution) ?? [];
  if (name !== undefined && directory !== undefined) return { name, directory };
  const [, path, from] = portal.exec(resolution) ?? [];
  if (path === undefined || from === undefined) return {};
  return { directory: posix.join(decodeURIComponent(from), path) };
}

/** An entry is a line without indentation and everything below it. */
function* entriesOf(text: string): Generator<readonly LockLine[]> {
  let entry: LockLine[] = [];
  for (const line of lockLines(text)) {
    if (line.path.length === 1 && entry.length > 0) {
      yield entry;
      entry = [];
    }
    entry.push(line);
  }
  yield entry;
}

/** The requirements that a package answers once it has another version: those of the workspace follow, others stay. */
function answered(key: string, wanted: LockedVersion, foreign: ReadonlySet<string>): string {
  const descriptors = key.split(', ').flatMap((descriptor) => {
    const at = descriptor.indexOf('@', 1);
    const range = descriptor.slice(at + 1);
    const followed = requirement.rewrite(range, wanted.version, wanted.policy);
    const next = `${descriptor.slice(0, at)}@${followed.ok ? followed.value : range}`;
    return foreign.has(descriptor) ? [descriptor, next] : [next];
  });
  return [...new Set(descriptors)].sort().join(', ');
}

/** What yarn writes without quotes (`stringifySyml` of yarn 4). */
const plain = /^(?![-?:,\][{}#&*!|>'"%@` \t\r\n]).(?:[ \t]*(?![,\][{}:# \t\r\n]).)*$/;

function spell(text: string): string {
  return plain.test(text) ? text : JSON.stringify(text);
}
