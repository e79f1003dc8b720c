import type { NxJsonConfiguration } from '@nx/devkit';
import { nxReleasePublish } from '../../graph/targets';

/** One value to put into nx.json. The last step of `path` may be an index: the place in an array to insert at. */
export interface Setting {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

export interface WorkspaceFacts {
  /** True when an ecosystem in use has versions of four parts. */
  readonly hasLongVersions: boolean;
}

const pluginName = '@forge/release';
const publishExecutor = `${pluginName}:publish`;

/** What nx.json lacks. Nothing that is set is ever changed. */
export function missingSettings(nxJson: NxJsonConfiguration, facts: WorkspaceFacts): Setting[] {
  return [
    ...pluginEntry(nxJson),
    ...releasedProjects(nxJson),
    ...tagMatching(nxJson, facts),
    ...firstChangelog(nxJson),
    ...publishDefaults(nxJson),
  ];
}

function pluginEntry({ plugins = [] }: NxJsonConfiguration): Setting[] {
  const isThere = plugins.some(
    (entry) => (typeof entry === 'string' ? entry : entry.plugin) === pluginName,
  );
  return isThere ? [] : [{ path: ['plugins', plugins.length], value: pluginName }];
}

/** Nx's own default set is only `package.json` projects, all with one version. */
function releasedProjects({ release }: NxJsonConfiguration): Setting[] {
  if (release?.projects || release?.groups) return [];
  const projects = { path: ['release', 'projects'], value: ['tag:forge:published'] };
  if (release?.projectsRelationship) return [projects];
  return [projects, { path: ['release', 'projectsRelationship'], value: 'independent' }];
}

function tagMatching({ release }: NxJsonConfiguration, facts: WorkspaceFacts): Setting[] {
  if (!facts.hasLongVersions || release?.releaseTag?.requireSemver !== undefined) return [];
  return [{ path: ['release', 'releaseTag', 'requireSemver'], value: false }];
}

/**
 * Before the first tag Nx does not know where a changelog begins: without this the first release of a fixed
 * group stops after the manifests are written and before they are committed.
 */
function firstChangelog({ release }: NxJsonConfiguration): Setting[] {
  if (release?.changelog !== undefined) return [];
  return [{ path: ['release', 'changelog', 'automaticFromRef'], value: true }];
}

/**
 * For members of the npm workspaces Nx infers `nx-release-publish` itself, after our plugin, with the executor
 * of `@nx/js` if that is installed and with its own `dependsOn`. Only target defaults come in between:
 * `executor` brings those packages back to one engine, and `...` keeps the dependencies that we inferred.
 */
function publishDefaults({ targetDefaults }: NxJsonConfiguration): Setting[] {
  const path = ['targetDefaults', nxReleasePublish];
  const defaults = targetDefaults?.[nxReleasePublish];
  if (!defaults) return [{ path, value: { executor: publishExecutor, dependsOn: ['...'] } }];
  if (!Array.isArray(defaults))
    return defaults.executor ? [] : [{ path: [...path, 'executor'], value: publishExecutor }];
  const catchAll = defaults.findIndex(({ filter }) => filter === undefined);
  // Later entries win: what the user narrowed down by a filter stands behind ours.
  if (catchAll < 0) return [{ path: [...path, 0], value: { executor: publishExecutor } }];
  if (defaults.some(({ filter, executor }) => filter === undefined && executor)) return [];
  return [{ path: [...path, catchAll, 'executor'], value: publishExecutor }];
}
