import { posix } from 'node:path';
import type { Reader } from '../../../model';
import { parseToml } from '../../../text';
import { packageKey, valueAt } from '../manifest/tables';
import { indexLock, type LockedChange } from './lockfile';
import { scanOnce } from './scan-once';

/** A crate whose version changes, with the directory that it lies in. */
export interface OwnChange extends LockedChange {
  readonly from: string;
  readonly directory: string;
}

/**
 * Directories of all lock files that may hold a crate, apart from `main`, the one of its own workspace. Workspaces
 * above may exclude the crate, and those elsewhere may reach it only through others, by paths; an entry says no
 * more than name and version. So where another manifest says the same of itself, nothing elsewhere is taken to
 * mean this crate.
 */
export function locksElsewhere(own: OwnChange, main: string, reader: Reader): readonly string[] {
  const known = new Set([main, ...directoriesAbove(own.directory)]);
  const found = directoriesByCrate(reader).get(own.name) ?? [];
  const others = found.filter((each) => !known.has(each));
  const certain = others.length > 0 && hasNamesake(own, reader) ? [] : others;
  return [...known, ...certain].filter((each) => each !== main);
}

/** Directories of all lock files of the workspace, by the crates that have an entry of their own there. */
function directoriesByCrate(reader: Reader): ReadonlyMap<string, readonly string[]> {
  return reader.memo('cargo:locks-by-crate', () => {
    const found = new Map<string, string[]>();
    for (const file of reader.find?.('Cargo.lock') ?? []) {
      const source = reader.read(file);
      const names = source ? scanOnce(reader, 'lock', indexLock)(source).entries.keys() : [];
      for (const name of names) found.set(name, [...(found.get(name) ?? []), posix.dirname(file)]);
    }
    return found;
  });
}

function directoriesAbove(directory: string): string[] {
  const above: string[] = [];
  for (let at = directory; at !== '.' && !at.startsWith('..'); above.push(at))
    at = posix.dirname(at);
  return above;
}

function hasNamesake({ name, from, directory }: OwnChange, reader: Reader): boolean {
  const crates = reader.memo('cargo:crates-by-name', () => cratesByName(reader));
  return (crates.get(name) ?? []).some(
    (crate) => crate.directory !== directory && [from, undefined].includes(crate.version),
  );
}

interface NamedCrate {
  readonly directory: string;
  /** Undefined for one that is inherited. */
  readonly version: string | undefined;
}

function cratesByName(reader: Reader): ReadonlyMap<string, readonly NamedCrate[]> {
  const crates = new Map<string, NamedCrate[]>();
  for (const file of reader.find?.('Cargo.toml') ?? []) {
    const source = reader.read(file);
    const parsed = source && parseToml(source);
    const table = parsed?.ok ? parsed.value : undefined;
    const own = table && packageKey(table);
    const name = own && valueAt(table, own, 'name');
    if (own === undefined || typeof name !== 'string') continue;
    const version = valueAt(table, own, 'version');
    const crate = {
      directory: posix.dirname(file),
      version: typeof version === 'string' ? version : undefined,
    };
    crates.set(name, [...(crates.get(name) ?? []), crate]);
  }
  return crates;
}
