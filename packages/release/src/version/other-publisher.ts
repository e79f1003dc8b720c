import { ForgeError } from '@forge/ecosystems';
import type { TargetConfiguration } from '@nx/devkit';
import type { ProjectModel } from '../graph/model';
import { nxReleasePublish } from '../graph/targets';

/** Nx gives this to each member of the package manager's workspaces, after all plugins, where `@nx/js` is installed. */
const inferredByNx = '@nx/js:release-publish';

/**
 * FORGE-C005 where `nx release publish` would leave packages of the project behind in silence: the executor
 * that Nx infers publishes what a `package.json` describes, and nothing else. Executors that the user chose are
 * taken to know what they do.
 */
export function otherPublisher(
  { name, packages }: ProjectModel,
  targets: Readonly<Record<string, TargetConfiguration>> = {},
): ForgeError | undefined {
  if (targets[nxReleasePublish]?.executor !== inferredByNx) return undefined;
  const left = packages.filter(
    ({ role, manifest }) => role === 'published' && !/(?:^|\/)package\.json$/.test(manifest.file),
  );
  const [first] = left;
  if (!first) return undefined;
  const names = left.map(({ manifest }) => `\`${manifest.name}\``).join(', ');
  return new ForgeError('FORGE-C005', {
    what: `\`nx release publish\` runs \`${inferredByNx}\` for \`${name}\`, which leaves out ${names}`,
    where: { file: first.manifest.file },
  });
}
