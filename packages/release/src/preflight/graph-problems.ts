import { ForgeError, type DependencyKind, type Reader } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import { isIn } from '../graph/paths';
import { needPlace } from './need-place';

/**
 * What would make published packages useless to whoever installs them, by package:
 * - FORGE-G001 its name is published twice in one ecosystem,
 * - FORGE-G004 it, or a package that it ships as source, needs one that nobody publishes,
 * - FORGE-G005 a path that it depends on leads to no package.
 * Packages without problems are absent. With a reader the places of dependencies are shown.
 */
export function graphProblems(
  model: WorkspaceModel,
  reader?: Reader,
): ReadonlyMap<PackageNode, readonly ForgeError[]> {
  const namesakes = groupBy(
    model.packages.filter(({ role }) => role === 'published'),
    ({ ecosystem, manifest }) => `${ecosystem.id}\0${ecosystem.normalizeName(manifest.name)}`,
  );
  const edges = groupBy(model.edges, ({ from }) => from);
  const places = new Set([...model.packages, ...model.problems].map(placeOf));
  const problems = new Map<PackageNode, readonly ForgeError[]>();
  for (const group of namesakes.values())
    for (const node of group) {
      const own = [
        ...duplicateName(node, group),
        ...unpublishedNeeds(node, edges, reader),
        ...danglingPaths(node, places, reader),
      ];
      if (own.length > 0) problems.set(node, own);
    }
  return problems;
}

/** Consumers of a published package follow these. What is only for development, or left to the user, is not among them. */
const needed: ReadonlySet<string> = new Set<DependencyKind>(['runtime', 'build', 'optional']);

function duplicateName(node: PackageNode, group: readonly PackageNode[]): ForgeError[] {
  const others = group.filter((each) => each !== node);
  if (others.length === 0) return [];
  const files = others.map(({ manifest }) => `\`${manifest.file}\``).join(', ');
  const what = `\`${node.manifest.name}\` is also published from ${files} in ${node.ecosystem.title}`;
  return [new ForgeError('FORGE-G001', { what, where: { file: node.manifest.file } })];
}

function unpublishedNeeds(
  node: PackageNode,
  edges: ReadonlyMap<PackageNode, readonly LocalEdge[]>,
  reader: Reader | undefined,
): ForgeError[] {
  return withShippedSource(node, edges)
    .flatMap((each) => edges.get(each) ?? [])
    .filter(({ kind, to }) => needed.has(kind) && !reachesUsers(node, to))
    .map(({ from, to, via, dependency }) => {
      const what = `\`${from.manifest.name}\` needs \`${to.manifest.name}\` (${via}), which is not published: ${reasonOf(to)}`;
      return new ForgeError('FORGE-G004', {
        what,
        ...needPlace(from, dependency, reader),
        fix: fixFor(from, to),
      });
    });
}

/** The package and everything that it ships as source: whoever installs it builds that too. */
function withShippedSource(
  node: PackageNode,
  edges: ReadonlyMap<PackageNode, readonly LocalEdge[]>,
): PackageNode[] {
  const shipped = (edges.get(node) ?? []).filter(({ embed }) => embed?.ships === 'source');
  return [node, ...shipped.map(({ to }) => to).filter(({ role }) => role !== 'published')];
}

/** By a registry, or inside the artifact of the package that needs it. */
function reachesUsers(node: PackageNode, to: PackageNode): boolean {
  if (to.role === 'published' || to.embeddedIn === node.manifest.file) return true;
  return to.ecosystem !== node.ecosystem && isIn(node.root, to.root);
}

function fixFor(from: PackageNode, to: PackageNode): string {
  const other = `make \`${from.manifest.name}\` private as well`;
  return `publish \`${to.manifest.name}\`, drop the dependency, or ${other}`;
}

function reasonOf({ role, manifest, embeddedIn }: PackageNode): string {
  if (embeddedIn !== undefined) return `it is shipped only inside the package of \`${embeddedIn}\``;
  return manifest.private ?? `nx.json gives it the role \`${role}\``;
}

/**
 * A path that leaves the workspace is not judged, nor is one to an archive; a broken manifest at its end is
 * reported by itself.
 */
function danglingPaths(
  node: PackageNode,
  places: ReadonlySet<string>,
  reader: Reader | undefined,
): ForgeError[] {
  return node.manifest.dependencies.flatMap((dependency) => {
    const { kind, name, path, section } = dependency;
    if (path === undefined || !needed.has(kind) || isElsewhere(path)) return [];
    if (places.has(placeOf({ ecosystem: node.ecosystem, root: path }))) return [];
    const what = `\`${name}\` (${section}) is given by the path \`${path}\`, where there is no package of ${node.ecosystem.title}`;
    return [new ForgeError('FORGE-G005', { what, ...needPlace(node, dependency, reader) })];
  });
}

function isElsewhere(path: string): boolean {
  return /^\.\.(?:\/|$)|^\/|\.(?:whl|zip|tar|t?gz)$/.test(path);
}

function placeOf({ ecosystem, root }: Pick<PackageNode, 'ecosystem' | 'root'>): string {
  return `${ecosystem.id}\0${root}`;
}
