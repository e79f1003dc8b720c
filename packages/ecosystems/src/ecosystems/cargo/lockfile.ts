import type { Edit, Source } from '../../model';
import { editAt } from '../../text';

/** A package of the workspace whose version changes. Without `from`, whatever the lock file says now. */
export interface LockedChange {
  readonly name: string;
  readonly from?: string;
  readonly to: string;
}

interface LockEntry {
  readonly name: string;
  readonly version: string;
  /** Start of the version's text in `source.text`. */
  readonly at: number;
}

/** Cargo writes these lines in this order and form (lock file versions 1 to 4); packages of the workspace have no `source`. */
const ownEntry =
  /^\[\[package\]\]\r?\nname = "([^"]+)"\r?\nversion = "([^"]+)"\r?\n(?!source = )/gm;

/** Edits that bring the workspace's own entries of a Cargo.lock to their new versions; nothing third-party moves. */
export function planLock(source: Source, packages: readonly LockedChange[]): Edit[] {
  const entries = ownEntries(source.text);
  return packages.flatMap(({ name, from, to }) =>
    entries
      .filter((entry) => entry.name === name && entry.version !== to)
      .filter(({ version }) => from === undefined || version === from)
      .flatMap(({ version, at }) => [
        versionEdit(source, at, version, to, `${source.file}: ${name} ${version} → ${to}`),
        ...mentions(source, name, version, to),
      ]),
  );
}

function ownEntries(text: string): LockEntry[] {
  return [...text.matchAll(ownEntry)].map(({ 0: whole, 1: name = '', 2: version = '', index }) => ({
    name,
    version,
    at: index + whole.lastIndexOf(`"${version}"`) + 1,
  }));
}

/** Lists of dependencies name a version (`"core 1.2.0"`) where two packages of one name are locked. */
function mentions(source: Source, name: string, from: string, to: string): Edit[] {
  const mention = `"${name} ${from}"`;
  const edits: Edit[] = [];
  for (let at = source.text.indexOf(mention); at >= 0; at = source.text.indexOf(mention, at + 1)) {
    const reason = `${source.file}: dependency on ${name} ${from} → ${to}`;
    edits.push(versionEdit(source, at + name.length + 2, from, to, reason));
  }
  return edits;
}

function versionEdit(source: Source, at: number, from: string, to: string, reason: string): Edit {
  return editAt(source, at, at + from.length, to, reason);
}

/** Takes out the entries of other local packages, for a crate that leaves its workspace; cargo resolves them again. */
export function dropLockEntries(source: Source, ownName: string): Edit[] {
  const others = [...source.text.matchAll(ownEntry)].filter(([, name]) => name !== ownName);
  return others.map(({ 1: name = '', index }) => {
    const next = source.text.indexOf('[[package]]', index + 1);
    const end = next < 0 ? source.text.length : next;
    return editAt(source, index, end, '', `${source.file}: ${name} is no longer local`);
  });
}
