import {
  all,
  fail,
  ok,
  overlay,
  planChanges,
  type AskedChange,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementPolicy,
  type Result,
  uniqueEdits,
} from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode } from '../graph/model';
import { describeCause } from './causes';
import { goneError } from './file-contents';
import { requirementCauses } from './requirement-causes';
import type { Targets } from './target';
import { isReadElsewhere } from './version-places';

/** An edit, why it is made, and the manifest whose package it belongs to. */
export interface ExplainedEdit {
  readonly edit: Edit;
  readonly why: string;
  readonly manifest?: string;
}

interface Surroundings {
  readonly reader: Reader;
  readonly edgesFrom: (node: PackageNode) => readonly LocalEdge[];
  readonly edgesTo: (node: PackageNode) => readonly LocalEdge[];
  readonly policyOf: (node: PackageNode) => RequirementPolicy;
}

/**
 * All edits that follow from the targets: own versions, requirements of dependents (released or not), lock
 * entries. Each manifest is planned once, and all of an ecosystem are proved together; ecosystems whose packages read
 * versions out of the manifests of others come last.
 */
export function manifestEdits(
  targets: Targets,
  { reader, edgesFrom, edgesTo, policyOf }: Surroundings,
): Result<readonly ExplainedEdit[]> {
  const dependents = [...targets.keys()]
    .flatMap(edgesTo)
    .flatMap(({ from, dependency }) => (dependency ? [from] : []));
  const affected = [...new Set([...targets.keys(), ...dependents])];
  const together = [...groupBy(affected, ({ ecosystem }) => ecosystem).values()];
  const [later, sooner] = partition(together, (nodes) => nodes.some(isReadElsewhere));
  const early = all(sooner.map((nodes) => planTogether(nodes, reader)));
  if (!early.ok) return early;
  const late = all(later.map((nodes) => planTogether(nodes, written(nodes, early.value.flat()))));
  return late.ok ? ok([...early.value.flat(), ...late.value.flat()]) : late;

  /** Versions that other ecosystems' edits write are seen as they will be; the rest as it is. */
  function written(nodes: readonly PackageNode[], done: readonly ExplainedEdit[]): Reader {
    const files = new Set(
      nodes.filter(isReadElsewhere).map(({ manifest }) => manifest.version.file),
    );
    const edits = uniqueEdits(done.map(({ edit }) => edit)).filter(({ file }) => files.has(file));
    return edits.length > 0 ? overlay(reader, new Map(), edits, { toleratesLatin1: true }) : reader;
  }

  function planTogether(
    nodes: readonly PackageNode[],
    view: Reader,
  ): Result<readonly ExplainedEdit[]> {
    const asked = all(nodes.map((node) => ask(node, view)));
    const [first] = nodes;
    if (!asked.ok || !first) return asked.ok ? ok([]) : asked;
    const lists = planChanges(first.ecosystem, asked.value, view);
    if (!lists.ok) return lists;
    return ok(nodes.flatMap((node, index) => explain(node, lists.value[index] ?? [])));
  }

  function ask(node: PackageNode, view: Reader): Result<AskedChange> {
    const source = view.read(node.manifest.file);
    if (!source) return fail(goneError(node.manifest.file));
    const edges = edgesFrom(node);
    const change = changeOf(node, targets, edges, policyOf(node));
    return ok({ source, change, stays: staying(edges, targets) });
  }

  function explain(node: PackageNode, edits: readonly Edit[]): ExplainedEdit[] {
    if (edits.length === 0) return [];
    const edges = edgesFrom(node);
    const own = ownCause(node, targets, edges);
    const why = requirementCauses(node, edges, { targets, policy: policyOf(node), own });
    return edits.map((edit) => ({ edit, why: why(edit), manifest: node.manifest.file }));
  }
}

/** Why a package moves, in words. */
export function ownCause(node: PackageNode, targets: Targets, edges: readonly LocalEdge[]): string {
  const cause = targets.get(node)?.cause;
  if (!cause) return 'a dependency moved';
  if (cause.kind !== 'dependency') return describeCause(cause, []);
  const moved = edges.filter(({ to, kind }) => kind !== 'dev' && targets.has(to));
  return describeCause(cause, [...new Set(moved.map(({ to }) => to.manifest.name))]);
}

function changeOf(
  node: PackageNode,
  targets: Targets,
  edges: readonly LocalEdge[],
  policy: RequirementPolicy,
): ManifestChange {
  const own = targets.get(node);
  const versions = new Map<string, string>();
  for (const { to, dependency } of edges) {
    const target = targets.get(to);
    if (dependency && target) versions.set(dependency.name, target.native);
  }
  return {
    ...(own ? { version: own.native } : {}),
    requirements: [...versions].map(([name, version]) => ({ name, version, policy })),
  };
}

/** Versions of dependencies that have no target. */
function staying(edges: readonly LocalEdge[], targets: Targets): NonNullable<AskedChange['stays']> {
  return edges.flatMap(({ to, dependency }) => {
    const version = to.manifest.version.value;
    if (!dependency || targets.has(to) || version === null) return [];
    return [{ name: dependency.name, version }];
  });
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
