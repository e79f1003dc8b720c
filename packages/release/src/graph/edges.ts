import type { Dependency, Ecosystem } from '@forge/ecosystems';
import { groupBy } from './group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from './model';

/** The edges of a model by the package that they start from. */
export type EdgesBySource = ReadonlyMap<PackageNode, readonly LocalEdge[]>;

export function edgesBySource({ edges }: WorkspaceModel): EdgesBySource {
  return groupBy(edges, ({ from }) => from);
}

/** Finds the package that a dependency of `from` means inside the workspace. */
export type Resolve = (from: PackageNode, dependency: Dependency) => PackageNode | undefined;

/**
 * By path first, then by ecosystem and normalised name. A path decides alone: what points at a directory
 * without a package of that ecosystem is not local, even if a namesake stands elsewhere.
 */
export function dependencyResolver(packages: readonly PackageNode[]): Resolve {
  const resolvers = new Map(
    [...groupBy(packages, ({ ecosystem }) => ecosystem)].map(([ecosystem, own]) => [
      ecosystem,
      resolverWithin(ecosystem, own),
    ]),
  );
  return ({ ecosystem }, dependency) => resolvers.get(ecosystem)?.(dependency);
}

function resolverWithin(
  { normalizeName }: Ecosystem,
  packages: readonly PackageNode[],
): (dependency: Dependency) => PackageNode | undefined {
  const byRoot = groupBy(packages, ({ root }) => root);
  const byName = new Map<string, PackageNode>();
  for (const each of packages) {
    const name = normalizeName(each.manifest.name);
    const known = byName.get(name);
    if (!known || (known.role !== 'published' && each.role === 'published')) byName.set(name, each);
  }
  return ({ name, path }) => {
    if (path === undefined) return byName.get(normalizeName(name));
    const there = byRoot.get(path);
    if (!there || there.length === 1) return there?.[0];
    const normalized = normalizeName(name);
    return there.find(({ manifest }) => normalizeName(manifest.name) === normalized) ?? there[0];
  };
}

/** Every dependency and every embed that stays inside the workspace, except from a package to itself. */
export function localEdges(packages: readonly PackageNode[], resolve: Resolve): LocalEdge[] {
  const byFile = new Map(packages.map((each) => [each.manifest.file, each]));
  const edges: LocalEdge[] = [];
  for (const from of packages) {
    for (const dependency of from.manifest.dependencies) {
      const to = resolve(from, dependency);
      const { kind, section: via } = dependency;
      if (to && to !== from) edges.push({ from, to, kind, dependency, via });
    }
    for (const embed of from.manifest.embeds) {
      const to = byFile.get(embed.manifest);
      if (to && to !== from) edges.push({ from, to, kind: 'embed', embed, via: embed.via });
    }
  }
  return edges;
}
