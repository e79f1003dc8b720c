import { groupBy } from './group-by';
import type { LocalEdge, PackageNode, ProjectModel, WorkspaceModel } from './model';
import { ordersPublishing } from './order';
import { isIn } from './paths';

type Edges = ReadonlyMap<PackageNode, readonly LocalEdge[]>;

/**
 * What an artifact is made of, as Nx inputs: the project's files; every project that is compiled into it or
 * shipped inside it (Nx gives files of a nested project to that project alone); files elsewhere that its
 * manifests take values from; and the manifests of local dependencies, since their versions are written into
 * the publishable form.
 */
export function packageInputs(model: WorkspaceModel): (project: ProjectModel) => string[] {
  const edges = groupBy(model.edges, ({ from }) => from);
  return ({ root, packages }) => {
    const isPlain = packages.every(({ manifest }) => manifest.embeds.length === 0);
    const parts = isPlain ? packages : withEmbedded(packages, edges);
    const roots = unique(parts.map((node) => node.root)).filter((each) => each !== root);
    const covered = root === '.' ? roots : [root, ...roots];
    const files = parts.flatMap((node) => [
      ...node.manifest.inputs,
      ...(edges.get(node) ?? []).map(({ to }) => to.manifest.file),
    ]);
    const elsewhere = unique(files).filter((file) => !covered.some((each) => isIn(each, file)));
    return [
      '{projectRoot}/**/*',
      ...roots.map((each) => `{workspaceRoot}/${each}/**/*`),
      ...elsewhere.map((file) => `{workspaceRoot}/${file}`),
    ];
  };
}

/** What is shipped as source brings its own files only; what is compiled in brings all that it is compiled from. */
function withEmbedded(packages: readonly PackageNode[], edges: Edges): PackageNode[] {
  const shipped = reach(packages, edges, ({ kind }) => kind === 'embed');
  const binaries = shipped
    .flatMap((node) => edges.get(node) ?? [])
    .filter(({ embed }) => embed?.ships === 'binary');
  const compiled = reach(
    binaries.map(({ to }) => to),
    edges,
    ordersPublishing,
  );
  return unique([...shipped, ...compiled]);
}

function reach(
  starts: readonly PackageNode[],
  edges: Edges,
  follows: (edge: LocalEdge) => boolean,
): PackageNode[] {
  const seen = new Set(starts);
  // A Set visits what is added while it is walked.
  for (const node of seen) {
    for (const edge of edges.get(node) ?? []) if (follows(edge)) seen.add(edge.to);
  }
  return [...seen];
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
