import type { Edit, RequirementPolicy } from '@forge/ecosystems';
import type { LocalEdge, PackageNode } from '../graph/model';
import type { Targets } from './target';

/** Why edits of one manifest change what they change. */
export type EditCause = (edit: Edit) => string;

interface Surroundings {
  readonly targets: Targets;
  readonly policy: RequirementPolicy;
  /** Why the package itself moves. */
  readonly own: string;
}

/** A package that gets a version, by the names that requirements on it may have in the manifest. */
interface Moved {
  readonly to: PackageNode;
  readonly names: readonly string[];
}

/**
 * Requirements change because of what a dependency becomes; everything else because of the package's own
 * version. Formats name the dependency first in the reason of an edit: `core ^1.2 → ^1.3`. A workspace root
 * that offers the package to others states a requirement on the package itself.
 */
export function requirementCauses(
  node: PackageNode,
  edges: readonly LocalEdge[],
  { targets, policy, own }: Surroundings,
): EditCause {
  const moved: Moved[] = targets.has(node) ? [{ to: node, names: [node.manifest.name] }] : [];
  for (const { to, dependency } of edges)
    if (dependency && targets.has(to))
      moved.push({ to, names: [dependency.name, dependency.alias ?? dependency.name] });
  return ({ reason }) => {
    const cause = moved.find(({ names }) => names.some((name) => reason.startsWith(`${name} `)));
    return cause ? describe(node, cause.to, reason, { policy, targets }) : own;
  };
}

function describe(
  { ecosystem }: PackageNode,
  to: PackageNode,
  reason: string,
  { policy, targets }: Omit<Surroundings, 'own'>,
): string {
  const native = targets.get(to)?.native ?? '';
  const move = `${to.manifest.name} ${to.manifest.version.value ?? '(none)'} → ${native}`;
  const requirement = /^\S+ (.+) → /.exec(reason)?.[1] ?? '';
  const satisfied = ecosystem.versions.requirement.satisfies(requirement, native);
  if (satisfied.ok && !satisfied.value) return `${move} violates ${requirement}`;
  return policy === 'always' ? `${move}, requirements always follow` : move;
}
