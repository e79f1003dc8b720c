import { posix } from 'node:path';
import type { Reader } from '../../../model';

/** A Gemfile and its lock file; either may be missing. */
export interface Bundle {
  readonly gemfile: string;
  readonly lock: string;
}

/**
 * Bundles that may know a gem by their place: in its directory and in all directories above it, where Bundler looks
 * for a Gemfile, and the variants that Appraisal keeps in `gemfiles`.
 */
export function bundlesAround(directory: string, reader: Reader): readonly Bundle[] {
  return ancestors(directory).flatMap((each) =>
    reader.memo(`rubygems:bundles:${each}`, () => [
      ...bundlesIn(each, reader),
      ...bundlesIn(posix.join(each, 'gemfiles'), reader),
    ]),
  );
}

/** A directory and all above it, up to the root. */
export function ancestors(directory: string): readonly string[] {
  const above = posix.dirname(directory);
  return above === directory || directory === '.' ? [directory] : [directory, ...ancestors(above)];
}

function bundlesIn(directory: string, reader: Reader): Bundle[] {
  return bundlesOf(reader.list(directory).map((name) => posix.join(directory, name)));
}

/** The bundles that files belong to, each once. */
export function bundlesOf(files: readonly string[]): Bundle[] {
  const gemfiles = files.flatMap((file) => {
    const name = gemfileNameOf(posix.basename(file));
    return name === undefined ? [] : posix.join(posix.dirname(file), name);
  });
  return [...new Set(gemfiles)].map((gemfile) => ({ gemfile, lock: lockOf(gemfile) }));
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
