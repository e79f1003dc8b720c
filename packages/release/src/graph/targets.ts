import type { TargetConfiguration } from '@nx/devkit';
import type { TargetNames } from '../configuration/plugin-options';
import type { ProjectModel } from './model';

/** Nx starts the target of this name, and no other, for `nx release publish`. */
export const nxReleasePublish = 'nx-release-publish';

/** Workspace-relative directory that holds the artifacts of a project and what is recorded of them. */
export function artifactsDirectory(project: string): string {
  return `.forge/artifacts/${project}`;
}

export interface TargetContext {
  readonly names: TargetNames;
  readonly inputs: readonly string[];
  /** Nx names of the projects whose packages must be live first. */
  readonly upstream: readonly string[];
  /** Targets that the user wrote; they stay, and ours of that name is left out. */
  readonly taken: ReadonlySet<string>;
}

/** The targets of a project that publishes something. */
export function projectTargets(
  project: ProjectModel,
  { names, inputs, upstream, taken }: TargetContext,
): Record<string, TargetConfiguration> {
  const own = taken.has(names.package) ? [] : [names.package];
  const publishAs = (target: string): TargetConfiguration => ({
    executor: '@forge/release:publish',
    // A cache hit would claim an upload that did not happen.
    cache: false,
    dependsOn: [
      ...own,
      ...(upstream.length > 0
        ? [{ projects: [...upstream], target, params: 'forward' as const }]
        : []),
    ],
    metadata: describe(project, 'Publishes what is not yet in the registry'),
  });
  const targets: Record<string, TargetConfiguration> = {
    [names.package]: {
      executor: '@forge/release:package',
      cache: true,
      inputs: [...inputs],
      outputs: [`{workspaceRoot}/${artifactsDirectory(project.name)}`],
      metadata: describe(project, 'Builds the files that are uploaded'),
    },
    [names.publish]: publishAs(names.publish),
    [nxReleasePublish]: publishAs(nxReleasePublish),
    [names.version]: {
      executor: '@forge/release:version',
      cache: false,
      metadata: describe(project, 'Changes the version and everything that follows it'),
    },
  };
  return Object.fromEntries(Object.entries(targets).filter(([name]) => !taken.has(name)));
}

function describe(
  { packages }: ProjectModel,
  description: string,
): NonNullable<TargetConfiguration['metadata']> {
  const technologies = [...new Set(packages.map(({ ecosystem }) => ecosystem.id))];
  return { description, technologies };
}
