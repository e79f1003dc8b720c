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

/**
 * Requirements change because of what a dependency becomes; everything else because of the package's own
 * version. A workspace root that offers the package to others states a requirement on the package itself.
 */
export function requirementCauses(
  node: PackageNode,
  edges: readonly LocalEdge[],
  { targets, policy, own }: Surroundings,
): EditCause {
  const normalized = (name: string): string => node.ecosystem.normalizeName(name);
  const moved = new Map<string, PackageNode>();
  for (const { to, dependency } of edges)
    if (dependency && targets.has(to)) moved.set(normalized(dependency.name), to);
  if (targets.has(node)) moved.set(normalized(node.manifest.name), node);
  return ({ about }) => {
    const to = about && moved.get(normalized(about.dependency));
    return to ? describe(node, to, about.from, { policy, targets }) : own;
  };
}

function describe(
  { ecosystem }: PackageNode,
  to: PackageNode,
  requirement: string,
  { policy, targets }: Omit<Surroundings, 'own'>,
): string {
  const native = targets.get(to)?.native ?? '';
  const { name, version } = to.manifest;
  const stays = version.value === native;
  const move = `${name} ${stays ? native : `${version.value ?? '(none)'} → ${native}`}`;
  const satisfied = ecosystem.versions.requirement.satisfies(requirement, native);
  if (satisfied.ok && !satisfied.value) return `${move} violates ${oneLine(requirement)}`;
  return policy === 'always' ? `${move}, requirements always follow` : move;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
