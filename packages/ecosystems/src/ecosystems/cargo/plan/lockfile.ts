import type { Edit, Source } from '../../../model';
import { editAt } from '../../../text';

/** A package of the repository whose version changes. */
export interface LockedChange {
  readonly name: string;
  readonly from?: string;
  readonly to: string;
}

/** A version as it stands in the lock file; `at` is the start of its text in `source.text`. */
interface LockedVersion {
  readonly version: string;
  readonly at: number;
}

/** Where a lock file names packages. */
export interface LockIndex {
  /** Own entries by name. */
  readonly entries: ReadonlyMap<string, readonly LockedVersion[]>;
  /** Lists of dependencies name a version (`"core 1.2.0"`) where two packages of one name are locked. */
  readonly mentions: ReadonlyMap<string, readonly LockedVersion[]>;
}

/**
 * Cargo writes these lines in this order and form (lock file versions 1 to 4); packages of the repository have no
 * `source`. Version 1 may call one of them `[root]`; a patch that nothing uses stands in `[[patch.unused]]`.
 */
const ownEntry =
  /^\[(?:\[package\]\]|\[patch\.unused\]\]|root\])\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"\r?\n(?!source = )/gm;

const mention = /"([^"\s]+) ([^"\s]+)"/g;

/** Everything that changes may ask for, in one pass: a lock file is long, and every member changes a line of it. */
export function indexLock({ text }: Source): LockIndex {
  return { entries: versionsByName(text, ownEntry), mentions: versionsByName(text, mention) };
}

/** Edits that bring the workspace's own entries of a Cargo.lock to their new versions; nothing third-party moves. */
export function planLock(
  source: Source,
  packages: readonly LockedChange[],
  index: LockIndex = indexLock(source),
): Edit[] {
  return packages.flatMap(({ name, from, to }) =>
    meant(index.entries.get(name) ?? [], from)
      .filter(({ version }) => version !== to)
      .flatMap(({ version, at }) => {
        const mentions = index.mentions.get(name)?.filter((each) => each.version === version) ?? [];
        const change = `${name} ${version} → ${to}`;
        return [
          versionEdit(source, at, version, to, `${source.file}: ${change}`),
          ...mentions.map((each) =>
            versionEdit(source, each.at, version, to, `${source.file}: dependency on ${change}`),
          ),
        ];
      }),
  );
}

/** The one entry of a name, whatever it says; of several (a copy of the crate beside it) the one at `from`. */
function meant(entries: readonly LockedVersion[], from: string | undefined): LockedVersion[] {
  return entries.filter(({ version }) => entries.length === 1 || version === from);
}

function versionsByName(text: string, pattern: RegExp): Map<string, LockedVersion[]> {
  const found = new Map<string, LockedVersion[]>();
  for (const { 0: whole, 1: name = '', 2: version = '', index } of text.matchAll(pattern)) {
    const versions = found.get(name) ?? [];
    versions.push({ version, at: index + whole.lastIndexOf(`${version}"`) });
    found.set(name, versions);
  }
  return found;
}

function versionEdit(source: Source, at: number, from: string, to: string, reason: string): Edit {
  return editAt(source, at, at + from.length, to, reason);
}

/** Takes out the entries of other local packages, for a crate that leaves its workspace; cargo resolves them again. */
export function dropLockEntries(source: Source, ownName: string): Edit[] {
  const others = [...source.text.matchAll(ownEntry)].filter(([, name]) => name !== ownName);
  return others.map(({ 1: name = '', index }) => {
    const next = source.text.indexOf('\n[', index);
    const end = next < 0 ? source.text.length : next + 1;
    return editAt(source, index, end, '', `${source.file}: ${name} is no longer local`);
  });
}
