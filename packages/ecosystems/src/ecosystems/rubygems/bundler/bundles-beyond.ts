import { posix } from 'node:path';
import type { Reader } from '../../../model';
import { ancestors, bundlesAround, bundlesOf, type Bundle } from './bundles';
import { gemfileEntries } from './gemfile';
import { isLocal, openLock } from './lockfile';

const files = [
  'Gemfile',
  'Gemfile.lock',
  'gems.rb',
  'gems.locked',
  '*.gemfile',
  '*.gemfile.lock',
] as const;

/**
 * All other bundles of the workspace that take a gem from its directory or from one above it (`path: "../core"`),
 * by their Gemfile or, where a gem in between leads there, by their lock file.
 */
export function bundlesBeyond(directory: string, reader: Reader): readonly Bundle[] {
  const around = new Set(bundlesAround(directory, reader).map(({ gemfile }) => gemfile));
  const byDirectory = bundlesByDirectory(reader);
  const found = ancestors(directory).flatMap((each) => byDirectory.get(each) ?? []);
  const beyond = found.filter(({ gemfile }) => !around.has(gemfile));
  return [...new Map(beyond.map((bundle) => [bundle.gemfile, bundle])).values()];
}

function bundlesByDirectory(reader: Reader): ReadonlyMap<string, readonly Bundle[]> {
  return reader.memo('rubygems:bundles-by-directory', () => {
    const found = new Map<string, Bundle[]>();
    const { find } = reader;
    for (const bundle of find ? bundlesOf(files.flatMap((pattern) => find(pattern))) : [])
      for (const directory of directoriesOf(bundle, reader))
        found.set(directory, [...(found.get(directory) ?? []), bundle]);
    return found;
  });
}

function directoriesOf({ gemfile, lock }: Bundle, reader: Reader): ReadonlySet<string> {
  const asked = gemfileEntries(gemfile, reader).map(({ path }) => path);
  const locked = [...(openLock(lock, reader)?.index.gems.values() ?? [])].flat();
  const all = [...asked, ...locked.map(({ remote }) => remote)];
  return new Set(all.map((path) => posix.join(path, '.').replace(/(.)\/$/, '$1')).filter(isLocal));
}
