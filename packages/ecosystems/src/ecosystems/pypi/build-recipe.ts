import { posix } from 'node:path';
import type { Command, Manifest, PackageContext, PackageRecipe } from '../../model';
import { backendOf } from './backend';
import { parseDistributionName } from './distribution-name';
import { normalizeName } from './names';
import { partsOf } from './version-parts';
import { versions } from './versions';

/** 1980-01-01, the first day that a zip archive can name; makes builds of the same source the same bytes. */
const sourceDateEpoch = '315532800';

/**
 * Builds with the project's own backend and never in an isolated environment, which would download the
 * backend: what is installed decides, and a build repeats.
 */
export function buildRecipe(context: PackageContext): PackageRecipe {
  return {
    commands: [buildCommand(context)],
    artifactDir: context.outDir,
    isArtifact: (filename) => isDistributionOf(context.manifest, filename),
  };
}

function buildCommand({
  manifest,
  exportRoot,
  outDir,
  workDir,
  programs,
}: PackageContext): Command {
  const directory = posix.dirname(manifest.file);
  const base = {
    cwd: directory === '.' ? exportRoot : `${exportRoot}/${directory}`,
    env: {
      SOURCE_DATE_EPOCH: sourceDateEpoch,
      PYTHONHASHSEED: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      CARGO_TARGET_DIR: `${workDir}/target`,
      UV_CACHE_DIR: `${workDir}/uv-cache`,
      UV_PYTHON_DOWNLOADS: 'never',
    },
    passEnv: ['VIRTUAL_ENV', 'PYTHONPATH', 'CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN'],
  };
  const backend = backendOf(manifest);
  if (backend.id === 'maturin')
    return { ...base, ...run(programs, 'maturin', ['build', '--release', '--out', outDir]) };
  const only = sourceIsWhole(manifest) ? [] : ['--wheel'];
  const offline = ['build', '--offline', '--no-build-isolation', ...only, '--out-dir', outDir];
  if (backend.id === 'uv' || !programs['pyproject-build'])
    return { ...base, ...run(programs, 'uv', offline) };
  const args = ['--no-isolation', ...only, '--outdir', outDir];
  return { ...base, ...run(programs, 'pyproject-build', args) };
}

function run(programs: PackageContext['programs'], name: string, args: readonly string[]) {
  return { program: programs[name] ?? name, args };
}

/** An sdist cannot hold a crate that lies outside the project's directory. */
function sourceIsWhole({ file, embeds }: Manifest): boolean {
  const directory = posix.dirname(file);
  return directory === '.' || embeds.every(({ manifest }) => manifest.startsWith(`${directory}/`));
}

function isDistributionOf({ name, version }: Manifest, filename: string): boolean {
  const parsed = parseDistributionName(filename);
  if (!parsed || normalizeName(parsed.name) !== normalizeName(name)) return false;
  if (version.value === null) return true;
  return (
    partsOf(parsed.version) !== undefined && versions.compare(parsed.version, version.value) === 0
  );
}
