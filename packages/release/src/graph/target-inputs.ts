import type { EdgesBySource } from './edges';
import type { LocalEdge, PackageNode, ProjectModel } from './model';
import { ordersPublishing } from './order';
import { isIn } from './paths';

/**
 * What an artifact is made of, as Nx inputs: the project's files; every project that is compiled into it or
 * shipped inside it (Nx gives files of a nested project to that project alone); files elsewhere that its
 * manifests take values from; and the manifests of local dependencies, since their versions are written into
 * the publishable form.
 */
export function packageInputs({ root, packages }: ProjectModel, edges: EdgesBySource): string[] {
  const isPlain = packages.every(({ manifest }) => manifest.embeds.length === 0);
  const parts = isPlain ? packages : withEmbedded(packages, edges);
  const others = isPlain ? [] : otherRoots(root, parts);
  const files = new Set<string>();
  for (const node of parts) {
    for (const file of node.manifest.inputs) files.add(file);
    for (const { to } of edges.get(node) ?? []) files.add(to.manifest.file);
  }
  const inputs = ['{projectRoot}/**/*'];
  for (const each of others) inputs.push(`{workspaceRoot}/${each}/**/*`);
  for (const file of files) {
    const isCovered = (root !== '.' && isIn(root, file)) || others.some((each) => isIn(each, file));
    if (!isCovered) inputs.push(`{workspaceRoot}/${file}`);
  }
  return inputs;
}

function otherRoots(root: string, parts: readonly PackageNode[]): string[] {
  const roots = new Set(parts.map((node) => node.root));
  roots.delete(root);
  return [...roots];
}

/** What is shipped as source brings its own files only; what is compiled in brings all that it is compiled from. */
function withEmbedded(packages: readonly PackageNode[], edges: EdgesBySource): PackageNode[] {
  const shipped = reach(packages, edges, ({ kind }) => kind === 'embed');
  const binaries = shipped
    .flatMap((node) => edges.get(node) ?? [])
    .filter(({ embed }) => embed?.ships === 'binary');
  const compiled = reach(
    binaries.map(({ to }) => to),
    edges,
    ordersPublishing,
  );
  return [...new Set([...shipped, ...compiled])];
}

function reach(
  starts: readonly PackageNode[],
  edges: EdgesBySource,
  follows: (edge: LocalEdge) => boolean,
): PackageNode[] {
  const seen = new Set(starts);
  // A Set visits what is added while it is walked.
  for (const node of seen) {
    for (const edge of edges.get(node) ?? []) if (follows(edge)) seen.add(edge.to);
  }
  return [...seen];
}
