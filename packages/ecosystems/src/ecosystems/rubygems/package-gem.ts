import { posix } from 'node:path';
import type { Command, PackageContext, PackageRecipe } from '../../model';

/**
 * Where RubyGems 3.6 and later start by themselves (`Gem::DEFAULT_SOURCE_DATE_EPOCH`): with it, RubyGems 3.3
 * builds the same bytes twice, and the `date` of the gem is 1980-01-02.
 */
const sourceDateEpoch = '315619200';

/**
 * Very many gemspecs take their files from `git ls-files`, which lists nothing in an export. So the package's
 * own directory is added to the index of a repository that lies outside of the export, and the build is
 * pointed at it. `--force`, because what was committed belongs to the gem even where `.gitignore` names it.
 */
export function packageGem(context: PackageContext): PackageRecipe {
  const { manifest, exportRoot, workDir, programs } = context;
  const directory = posix.join(exportRoot, posix.dirname(manifest.file));
  const { name, version } = manifest;
  const repository = {
    // One level: `git init` makes no parents.
    GIT_DIR: posix.join(workDir, `${name}.git`),
    GIT_WORK_TREE: exportRoot,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const run = (tool: string, args: readonly string[], env: Command['env'] = {}): Command => ({
    program: programs[tool] ?? tool,
    args,
    cwd: directory,
    env: { ...repository, ...env },
  });
  return {
    commands: [
      run('git', ['init', '--quiet']),
      run('git', ['add', '--all', '--force', '--', '.']),
      run('gem', ['build', posix.basename(manifest.file)], { SOURCE_DATE_EPOCH: sourceDateEpoch }),
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
