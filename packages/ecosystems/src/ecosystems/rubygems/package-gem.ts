import { posix } from 'node:path';
import type { PackageContext, PackageRecipe } from '../../model';

/**
 * Where RubyGems 3.6 and later start by themselves (`Gem::DEFAULT_SOURCE_DATE_EPOCH`): with it, RubyGems 3.3
 * builds the same bytes twice, and the `date` of the gem is 1980-01-02.
 */
const sourceDateEpoch = '315619200';

/**
 * Very many gemspecs take their files from `git ls-files`: the index of the export tells them what was committed,
 * also where `.gitignore` names it.
 */
export function packageGem(context: PackageContext): PackageRecipe {
  const { manifest, exportRoot, programs } = context;
  const directory = posix.join(exportRoot, posix.dirname(manifest.file));
  const { name, version } = manifest;
  return {
    commands: [
      {
        program: programs['gem'] ?? 'gem',
        args: ['build', posix.basename(manifest.file)],
        cwd: directory,
        env: { SOURCE_DATE_EPOCH: sourceDateEpoch },
      },
    ],
    // RubyGems names the file itself, with the platform in it where the gemspec sets one.
    artifactDir: directory,
    isArtifact: (filename) =>
      isGemOf(filename, version.value === null ? name : `${name}-${version.value}`),
  };
}

function isGemOf(filename: string, stem: string): boolean {
  return (
    filename === `${stem}.gem` || (filename.startsWith(`${stem}-`) && filename.endsWith('.gem'))
  );
}
