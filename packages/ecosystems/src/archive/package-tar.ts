import { posix } from 'node:path';
import { ForgeError } from '../errors';
import { fail, type Result } from '../model/result';
import { readTar, type TarEntry } from './tar';
import { isUnsafeName, leadsOut, plainPath } from './member-path';

/**
 * The entries of a package, none of which leads out of the directory that it is unpacked into, and none of which
 * stands there twice: of two, tools take one or the other. FORGE-R001 as `readTar`, FORGE-R090 for those.
 */
export function readPackageTar(bytes: Uint8Array): Result<TarEntry[]> {
  const entries = readTar(bytes);
  const wrong = entries.ok ? findUnsafe(entries.value) : undefined;
  return wrong === undefined ? entries : unsafe(wrong);
}

export function unsafe(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R090', { what: `the archive ${what}` }));
}

function findUnsafe(entries: readonly TarEntry[]): string | undefined {
  const kinds = new Map<string, TarEntry['type']>();
  const links = new Set<string>();
  for (const entry of entries) {
    const wrong = whatIsUnsafe(entry);
    if (wrong !== undefined) return wrong;
    const path = plainPath(entry.name);
    const before = kinds.get(path);
    if (before !== undefined && (before !== 'directory' || entry.type !== 'directory'))
      return `holds \`${path}\` twice`;
    kinds.set(path, entry.type);
    if (entry.type === 'symlink') links.add(path);
  }
  const through = entries.find((entry) => waysOf(entry).some((each) => links.has(each)));
  if (through) return `holds the link \`${through.name}\`, which goes through another one`;
  const behind = [...kinds.keys()].find((path) => parents(path).some((each) => links.has(each)));
  return behind === undefined ? undefined : `holds \`${behind}\` behind a link`;
}

function whatIsUnsafe({ name, type, linkname }: TarEntry): string | undefined {
  if (isUnsafeName(name)) return `holds \`${name}\`, which leads out of it`;
  if (type === 'other' && linkname === undefined)
    return `holds \`${name}\`, neither a file nor a directory nor a link`;
  if (linkname === undefined || type === 'file' || type === 'directory') return undefined;
  return leadsOut(linkname, baseOf({ name, type }))
    ? `holds the link \`${name}\` to \`${linkname}\`, which leads out of it`
    : undefined;
}

/** A symbolic link is relative to its own directory, a hard one to the top. */
function baseOf({ name, type }: Pick<TarEntry, 'name' | 'type'>): string {
  return (type === 'symlink' && parents(plainPath(name)).at(-1)) || '';
}

/**
 * The directories through which a link goes on its way. A step up from one that is a link itself leads to where that
 * one leads, so that two links that stay inside lead out together.
 */
function waysOf(entry: TarEntry): string[] {
  const { linkname, type } = entry;
  if (linkname === undefined || type === 'file' || type === 'directory') return [];
  const steps = linkname.split(/[\\/]/).slice(0, -1);
  return steps.map((_, at) => posix.join(baseOf(entry), ...steps.slice(0, at + 1)));
}

/** The directories that a path stands in, the outermost first. */
function parents(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
