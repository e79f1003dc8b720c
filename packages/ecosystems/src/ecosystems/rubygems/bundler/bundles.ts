import { posix } from 'node:path';
import type { Reader } from '../../../model';

/** A Gemfile and its lock file; either may be missing. */
export interface Bundle {
  readonly gemfile: string;
  readonly lock: string;
}

/**
 * Bundles that may know a gem: in its directory and in all directories above it, where Bundler looks for a
 * Gemfile, and the variants that Appraisal keeps in `gemfiles`. Those of dependents are looked at with the
 * dependent. Nothing else is: a reader cannot list directories, and nothing is searched.
 */
export function bundlesAround(directory: string, reader: Reader): readonly Bundle[] {
  return ancestors(directory).flatMap((each) =>
    reader.memo(`rubygems:bundles:${each}`, () => [
      ...bundlesIn(each, reader),
      ...bundlesIn(posix.join(each, 'gemfiles'), reader),
    ]),
  );
}

function ancestors(directory: string): readonly string[] {
  const above = posix.dirname(directory);
  return above === directory || directory === '.' ? [directory] : [directory, ...ancestors(above)];
}

function bundlesIn(directory: string, reader: Reader): Bundle[] {
  const names = reader.list(directory).flatMap((name) => gemfileNameOf(name) ?? []);
  return [...new Set(names)].map((name) => {
    const gemfile = posix.join(directory, name);
    return { gemfile, lock: lockOf(gemfile) };
  });
}

/** The Gemfile that a file is, or that it is the lock of. */
function gemfileNameOf(name: string): string | undefined {
  if (name === 'gems.rb' || name === 'gems.locked') return 'gems.rb';
  return /^(Gemfile|.+\.gemfile)(?:\.lock)?$/.exec(name)?.[1];
}

function lockOf(gemfile: string): string {
  return posix.basename(gemfile) === 'gems.rb'
    ? posix.join(posix.dirname(gemfile), 'gems.locked')
    : `${gemfile}.lock`;
}
