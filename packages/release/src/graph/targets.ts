import type { TargetConfiguration } from '@nx/devkit';
import type { TargetNames } from '../configuration/plugin-options';
import type { ProjectModel } from './model';

/** Nx starts the target of this name, and no other, for `nx release publish`. */
export const nxReleasePublish = 'nx-release-publish';

/** Workspace-relative directory that holds the artifacts of a project and what is recorded of them. */
export function artifactsDirectory(project: string): string {
  return `.forge/artifacts/${project}`;
}

/** Nx 23 hashes the inputs of every task, cached or not: 1.3 ms for each project, and nobody looks at them. */
const noInputs: string[] = [];

/** A file, or a variable of the caller's. */
export type TargetInput = string | { readonly env: string };

export interface TargetContext {
  readonly names: TargetNames;
  readonly inputs: readonly TargetInput[];
  /** Nx names of the projects whose packages must be live first. */
  readonly upstream: readonly string[];
  /** Targets that the user wrote; they stay, and ours of that name is left out. */
  readonly taken: ReadonlySet<string>;
}

export interface CheckContext extends Pick<TargetContext, 'names' | 'taken'> {
  readonly checkInputs: readonly string[];
}

/** The targets of a project that publishes something. */
export function projectTargets(
  { name, packages }: ProjectModel,
  { names, inputs, upstream, taken }: TargetContext,
): Record<string, TargetConfiguration> {
  const technologies = technologiesOf(packages);
  const hasOwnPackage = !taken.has(names.package);
  const targets: Record<string, TargetConfiguration> = {};
  if (hasOwnPackage) targets[names.package] = packageTarget(name, inputs, technologies);
  for (const publish of [names.publish, nxReleasePublish]) {
    const dependsOn = [
      ...(hasOwnPackage ? [names.package] : []),
      ...(upstream.length > 0
        ? [{ projects: [...upstream], target: publish, params: 'forward' as const }]
        : []),
    ];
    if (!taken.has(publish)) targets[publish] = publishTarget(dependsOn, technologies);
  }
  if (!taken.has(names.version)) targets[names.version] = versionTarget(technologies);
  return targets;
}

function packageTarget(
  project: string,
  inputs: readonly TargetInput[],
  technologies: string[],
): TargetConfiguration {
  return {
    executor: '@forge/release:package',
    cache: true,
    inputs: [...inputs],
    outputs: [`{workspaceRoot}/${artifactsDirectory(project)}`],
    metadata: { description: 'Builds the files that are uploaded', technologies },
  };
}

function publishTarget(
  dependsOn: NonNullable<TargetConfiguration['dependsOn']>,
  technologies: string[],
): TargetConfiguration {
  return {
    executor: '@forge/release:publish',
    // A cache hit would claim an upload that did not happen.
    cache: false,
    inputs: noInputs,
    dependsOn,
    metadata: { description: 'Publishes what is not yet in the registry', technologies },
  };
}

function versionTarget(technologies: string[]): TargetConfiguration {
  return {
    executor: '@forge/release:version',
    cache: false,
    inputs: noInputs,
    metadata: { description: 'Changes the version and everything that follows it', technologies },
  };
}

/** The target of every project with a package, published or not: stale pins of private ones break builds, too. */
export function checkTargets(
  { packages }: ProjectModel,
  { names, taken, checkInputs }: CheckContext,
): Record<string, TargetConfiguration> {
  if (taken.has(names.check)) return {};
  return {
    [names.check]: {
      executor: '@forge/release:check',
      cache: true,
      inputs: [...checkInputs],
      metadata: {
        description: 'Checks that every version and every requirement inside the workspace agrees',
        technologies: technologiesOf(packages),
      },
    },
  };
}

function technologiesOf(packages: ProjectModel['packages']): string[] {
  return [...new Set(packages.map(({ ecosystem }) => ecosystem.id))];
}
