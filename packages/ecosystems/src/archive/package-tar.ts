import { ForgeError } from '../errors';
import { fail, type Result } from '../model/result';
import { linkPlaces } from './link-places';
import { isTooLong, isUnsafeName, leadsOut, plainPath, separatorsIn, stepsOf } from './member-path';
import { readTar, type TarEntry } from './tar';

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
  for (const entry of entries) {
    const wrong = whatIsUnsafe(entry);
    if (wrong !== undefined) return wrong;
  }
  return findTwice(entries) ?? findBehindLinks(entries);
}

function whatIsUnsafe({ name, type, linkname }: TarEntry): string | undefined {
  if (isTooLong(name) || isTooLong(linkname ?? ''))
    return 'holds a path longer than any system takes';
  if (isUnsafeName(name)) return `holds \`${name}\`, which leads out of it`;
  if (type === 'other' && linkname === undefined)
    return `holds \`${name}\`, neither a file nor a directory nor a link`;
  if (linkname === undefined || type === 'file' || type === 'directory') return undefined;
  // A symbolic link is relative to its own directory, a hard one to the top.
  return leadsOut(linkname, type === 'symlink' ? name : '')
    ? `holds the link \`${name}\` to \`${linkname}\`, which leads out of it`
    : undefined;
}

function findTwice(entries: readonly TarEntry[]): string | undefined {
  const kinds = new Map<string, TarEntry['type']>();
  for (const { name, type } of entries) {
    const path = plainPath(name);
    const before = kinds.get(path);
    if (before !== undefined && (before !== 'directory' || type !== 'directory'))
      return `holds \`${path}\` twice`;
    kinds.set(path, type);
  }
  return undefined;
}

function findBehindLinks(entries: readonly TarEntry[]): string | undefined {
  const symlinks = entries.filter(({ type }) => type === 'symlink');
  if (symlinks.length === 0) return undefined;
  const paths = entries.flatMap(({ name, linkname = '' }) => [name, linkname]);
  for (const separator of separatorsIn(paths)) {
    const links = linkPlaces(symlinks.map(({ name }) => stepsOf(name, separator)));
    if (!links) return 'holds more links than any package has';
    const behind = entries.find(({ name }) => links.areMet(stepsOf(name, separator).slice(0, -1)));
    if (behind) return `holds \`${behind.name}\` behind a link`;
    const through = entries.find((entry) => links.areMet(riskySteps(entry, separator)));
    if (through) return `holds the link \`${through.name}\`, which goes through another one`;
  }
  return undefined;
}

/**
 * The steps of a link that may be no links themselves. A step up from one leads to where that one leads, so that two
 * links that stay inside lead out together; steps down from one stay inside, as in the frameworks of macOS, where `F`
 * is a link to `Versions/Current/F` and `Current` one to `A`. A hard link to a link is a copy of it elsewhere.
 */
function riskySteps({ name, type, linkname }: TarEntry, separator: string | RegExp): string[] {
  if (linkname === undefined || type === 'file' || type === 'directory') return [];
  const steps = stepsOf(linkname, separator);
  return type === 'symlink'
    ? [...stepsOf(name, separator).slice(0, -1), ...steps.slice(0, steps.lastIndexOf('..') + 1)]
    : steps;
}
