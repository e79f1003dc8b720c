import type { CreateNodesResultArray, ProjectConfiguration } from '@nx/devkit';
import { joinEnvironments, type BuildEnvironment } from '../configuration/build-environment';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { checkInputs } from './check-inputs';
import { edgesBySource } from './edges';
import type { ProjectModel, WorkspaceModel } from './model';
import type { NxInferred } from './nx-inferred';
import { projectUpstream } from './order';
import { projectMetadata } from './project-metadata';
import { packageInputs } from './target-inputs';
import { checkTargets, projectTargets, type TargetInput } from './targets';

const noTargets: ReadonlySet<string> = new Set();
const versionActions = '@forge/release/version-actions';

export interface ProjectNodesContext
  extends
    Pick<NormalizedOptions, 'targets' | 'ecosystems' | 'followers'>,
    Partial<Pick<NormalizedOptions, 'artifacts' | 'verify' | 'environment'>> {
  readonly nxInferred: ReadonlyMap<string, NxInferred>;
  /** Further inputs by project. */
  readonly ownInputs?: ReadonlyMap<string, readonly string[]>;
}

/** The model as Nx wants it: one entry per project, attributed to the manifest that makes it one. */
export function projectNodes(
  model: WorkspaceModel,
  context: ProjectNodesContext,
): CreateNodesResultArray {
  const { targets: names, nxInferred, ecosystems, followers, ownInputs } = context;
  const edges = edgesBySource(model);
  const upstream = projectUpstream(model, edges);
  const versions = checkInputs(model, ecosystems, followers);
  return [...model.projects.values()].map((project) => {
    const { root, name, packages, broken } = project;
    const taken = nxInferred.get(root)?.targets ?? noTargets;
    const check = { names, taken, checkInputs: versions };
    const targets = isReleasable(project)
      ? projectTargets(project, {
          ...check,
          inputs: [
            ...packageInputs(project, edges),
            ...optionInputs(project, context),
            ...(ownInputs?.get(name) ?? []),
          ],
          upstream: (upstream.get(root) ?? []).map(
            (each) => model.projects.get(each)?.name ?? each,
          ),
        })
      : {};
    if (packages.length + broken.length > 0) Object.assign(targets, checkTargets(project, check));
    const node: Omit<ProjectConfiguration, 'root'> = {
      name,
      tags: tagsOf(project),
      targets,
      release: { version: { versionActions } },
      metadata: { forge: projectMetadata(project, edges) } as NonNullable<
        ProjectConfiguration['metadata']
      >,
    };
    const source = packages[0]?.manifest.file ?? broken[0]?.file ?? root;
    return [source, { projects: onlyProject(root, node) }] as const;
  });
}

/** What was packed under other options of the plugin has to be looked at again. */
function optionInputs(
  { packages }: ProjectModel,
  { artifacts = {}, verify = false, environment }: ProjectNodesContext,
): TargetInput[] {
  const own = packages.flatMap(({ manifest }) => artifacts[manifest.file] ?? []);
  const { passEnv, env } = own.reduce<BuildEnvironment>(joinEnvironments, environment ?? {});
  const isAsked = verify || own.length > 0 || Object.keys(env ?? {}).length > 0;
  return [
    ...(isAsked ? ['{workspaceRoot}/nx.json'] : []),
    ...(passEnv ?? []).map((name) => ({ env: name })),
  ];
}

/**
 * Without a prototype, since V8 would make a hidden class for every object with a key of its own: that took
 * longer than all the rest of a node.
 */
function onlyProject<T>(root: string, project: T): Record<string, T> {
  const projects = Object.create(null) as Record<string, T>;
  projects[root] = project;
  return projects;
}

/**
 * A project with a broken manifest stays in the release: leaving it out would publish everything else and say
 * nothing. Versioning and publishing it fail with the reason.
 */
function isReleasable({ packages, broken }: ProjectModel): boolean {
  return broken.length > 0 || packages.some(({ role }) => role === 'published');
}

/** Tags by which nx.json can name projects. */
export function tagsOf(project: ProjectModel): string[] {
  const ecosystems = [...project.packages, ...project.broken].map(({ ecosystem }) => ecosystem.id);
  const tags = [...new Set(ecosystems)].map((id) => `forge:${id}`);
  return isReleasable(project) ? [...tags, 'forge:published'] : tags;
}
