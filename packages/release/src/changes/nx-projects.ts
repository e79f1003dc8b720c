import type { ProjectGraph } from '@nx/devkit';
import type { NamedProject } from '../configuration/match-projects';
import type { NameAt } from './explain';
import type { NxProjects } from './release-group';

/** What Nx's graph says of the projects of the workspace. */
export function nxProjects({ nodes, dependencies }: ProjectGraph): {
  readonly nx: NxProjects;
  readonly named: readonly NamedProject[];
  readonly nameAt: NameAt;
} {
  const named = Object.values(nodes).map(({ name, data }) => ({
    name,
    root: data.root || '.',
    tags: data.tags ?? [],
  }));
  const names = new Map(named.map(({ name, root }) => [root, name]));
  const needs = Object.entries(dependencies).map(
    ([name, edges]) => [name, edges.map(({ target }) => target)] as const,
  );
  return {
    nx: { roots: new Map(named.map(({ name, root }) => [name, root])), needs: new Map(needs) },
    named,
    nameAt: (root) => names.get(root) ?? root,
  };
}
