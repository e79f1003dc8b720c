import type { Ecosystem, Reader } from '@forge/ecosystems';
import { dependencyResolver, localEdges } from './edges';
import { groupBy } from './group-by';
import type { PackageNode, ProjectModel, WorkspaceModel } from './model';
import { assignNames } from './names';
import { readNxInferred, type NxInferred } from './nx-inferred';
import { readManifests, type ReadManifests } from './read-manifests';
import { assignRoles, type AssignedRole, type RoleOverrides } from './roles';

export interface LoadOptions {
  /** The ecosystems to look at, in the order in which names are given out. */
  readonly ecosystems: readonly Ecosystem[];
  readonly roles?: RoleOverrides;
  /** What Nx infers by itself, where that is read already. */
  readonly nxInferred?: ReadonlyMap<string, NxInferred>;
}

/**
 * The whole workspace from its files, without Nx and without a tool. `files` are workspace-relative; what is no
 * manifest is ignored. Never fails: broken manifests are in `problems`.
 */
export function loadWorkspace(
  files: readonly string[],
  reader: Reader,
  { ecosystems, roles: overrides = {}, nxInferred = readNxInferred(files, reader) }: LoadOptions,
): WorkspaceModel {
  const read = readManifests(files, ecosystems, reader);
  const roles = assignRoles(read.manifests, read.broken, overrides);
  const names = assignNames({
    ...read,
    roles,
    nxInferred,
    rankOf: (id) => ecosystems.findIndex((ecosystem) => ecosystem.id === id),
  });
  const packages = toNodes(read, roles, names);
  const resolve = dependencyResolver(packages);
  return {
    packages,
    edges: localEdges(packages, resolve),
    projects: toProjects(packages, read, names),
    problems: read.broken,
  };
}

function toNodes(
  { manifests }: ReadManifests,
  roles: ReadonlyMap<string, AssignedRole>,
  names: ReadonlyMap<string, string>,
): PackageNode[] {
  return manifests.map(({ manifest, ecosystem, root }) => {
    const project = names.get(root) ?? manifest.name;
    const { role, embeddedIn } = roles.get(manifest.file) ?? { role: 'private' };
    const node = { manifest, ecosystem, root, project, role };
    return embeddedIn === undefined ? node : { ...node, embeddedIn };
  });
}

function toProjects(
  packages: readonly PackageNode[],
  { broken }: ReadManifests,
  names: ReadonlyMap<string, string>,
): Map<string, ProjectModel> {
  const packagesByRoot = groupBy(packages, ({ root }) => root);
  const brokenByRoot = groupBy(broken, ({ root }) => root);
  const roots = [...names.keys()].sort();
  return new Map(
    roots.map((root) => [
      root,
      {
        name: names.get(root) ?? root,
        root,
        packages: packagesByRoot.get(root) ?? [],
        broken: brokenByRoot.get(root) ?? [],
      },
    ]),
  );
}
