import {
  all,
  fail,
  ok,
  planChanges,
  type AskedChange,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementPolicy,
  type Result,
} from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode } from '../graph/model';
import { describeCause } from './causes';
import { goneError } from './file-contents';
import { requirementCauses } from './requirement-causes';
import type { Targets } from './target';

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
 * entries. Each manifest is planned once, and all of an ecosystem are proved together.
 */
export function manifestEdits(
  targets: Targets,
  { reader, edgesFrom, edgesTo, policyOf }: Surroundings,
): Result<readonly ExplainedEdit[]> {
  const dependents = [...targets.keys()]
    .flatMap(edgesTo)
    .flatMap(({ from, dependency }) => (dependency ? [from] : []));
  const affected = [...new Set([...targets.keys(), ...dependents])];
  const planned = all(
    [...groupBy(affected, ({ ecosystem }) => ecosystem)].map(([, nodes]) => planTogether(nodes)),
  );
  return planned.ok ? ok(planned.value.flat()) : planned;

  function planTogether(nodes: readonly PackageNode[]): Result<readonly ExplainedEdit[]> {
    const asked = all(nodes.map(ask));
    const [first] = nodes;
    if (!asked.ok || !first) return asked.ok ? ok([]) : asked;
    const lists = planChanges(first.ecosystem, asked.value, reader);
    if (!lists.ok) return lists;
    return ok(nodes.flatMap((node, index) => explain(node, lists.value[index] ?? [])));
  }

  function ask(node: PackageNode): Result<AskedChange> {
    const source = reader.read(node.manifest.file);
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
