import type { NxInferred } from './nx-inferred';
import type { BrokenManifest, Role } from './model';
import { groupBy } from './group-by';
import { baseNameOf, byCodeUnit } from './paths';
import type { ReadManifest } from './read-manifests';
import type { AssignedRole } from './roles';

export interface NamingInput {
  readonly manifests: readonly ReadManifest[];
  readonly broken: readonly BrokenManifest[];
  readonly roles: ReadonlyMap<string, AssignedRole>;
  readonly nxInferred: ReadonlyMap<string, NxInferred>;
  /** Position of an ecosystem in the list; the earlier one keeps the name. */
  readonly rankOf: (ecosystemId: string) => number;
}

/** What one root would like to be called, and how it stands against others that would like the same. */
interface Claim {
  readonly root: string;
  readonly name: string;
  readonly role: Role;
  readonly ecosystem: string;
}

/**
 * The Nx name of every root that holds a manifest, unique in the workspace:
 * 1. A name that Nx itself gives (`project.json`, a `package.json` of the workspaces) stands.
 * 2. Else the root is called like one of its packages: the one named like the directory if there are several,
 *    else the published one before the others, then the earlier ecosystem.
 * 3. If two roots want one name, the published one keeps it, then the earlier ecosystem, then the earlier path.
 *    The other one gets `-ext` if it is embedded, else the id of its ecosystem; if that is taken, its path.
 */
export function assignNames(input: NamingInput): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name } of input.nxInferred.values()) if (name) taken.add(name);
  const losers: Claim[] = [];
  for (const claim of claims(input)) {
    const given = input.nxInferred.get(claim.root)?.name;
    if (given === undefined && taken.has(claim.name)) losers.push(claim);
    else take(claim.root, given ?? claim.name);
  }
  for (const claim of losers) take(claim.root, firstFree(claim, taken));
  return names;

  function take(root: string, name: string): void {
    names.set(root, name);
    taken.add(name);
  }
}

function claims(input: NamingInput): Claim[] {
  const byRoot = groupBy(input.manifests, ({ root }) => root);
  const brokenOnly = groupBy(
    input.broken.filter(({ root }) => !byRoot.has(root)),
    ({ root }) => root,
  );
  const all = [
    ...[...byRoot].map(([root, packages]) => claimOf(root, packages, input)),
    ...[...brokenOnly].map(([root, broken]) => claimOfBroken(root, broken, input)),
  ];
  const { rankOf } = input;
  return all.sort(
    (a, b) =>
      roleRank[a.role] - roleRank[b.role] ||
      rankOf(a.ecosystem) - rankOf(b.ecosystem) ||
      byCodeUnit(a.root, b.root),
  );
}

const roleRank: Readonly<Record<Role, number>> = { published: 0, private: 1, embedded: 2 };

function claimOf(root: string, packages: readonly ReadManifest[], input: NamingInput): Claim {
  const roleOf = (each: ReadManifest): Role =>
    input.roles.get(each.manifest.file)?.role ?? 'private';
  const ordered = [...packages].sort(
    (a, b) =>
      roleRank[roleOf(a)] - roleRank[roleOf(b)] ||
      input.rankOf(a.ecosystem.id) - input.rankOf(b.ecosystem.id) ||
      byCodeUnit(a.manifest.file, b.manifest.file),
  );
  const first = ordered[0] as ReadManifest;
  const lead = ordered.find(({ manifest }) => manifest.name === baseNameOf(root)) ?? first;
  return { root, name: lead.manifest.name, role: roleOf(first), ecosystem: lead.ecosystem.id };
}

/** A root whose only manifest is broken is called as others depend on it, else like its directory. */
function claimOfBroken(
  root: string,
  broken: readonly BrokenManifest[],
  { manifests }: NamingInput,
): Claim {
  const ecosystem = (broken[0] as BrokenManifest).ecosystem.id;
  const dependency = manifests
    .filter((each) => each.ecosystem.id === ecosystem)
    .flatMap(({ manifest }) => manifest.dependencies)
    .find(({ path }) => path === root);
  const name = dependency?.name ?? (root === '.' ? 'workspace-root' : baseNameOf(root));
  return { root, name, role: 'published', ecosystem };
}

function firstFree({ root, name, role, ecosystem }: Claim, taken: ReadonlySet<string>): string {
  const suffix = role === 'embedded' ? 'ext' : ecosystem;
  const slug = root.replaceAll(/[^\w.]+/g, '-');
  const candidates = [`${name}-${suffix}`, `${name}-${ecosystem}`, `${name}-${ecosystem}-${slug}`];
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  let count = 2;
  while (taken.has(`${candidates[2]}-${count}`)) count += 1;
  return `${candidates[2]}-${count}`;
}
