import { ForgeError, type Result } from '@forge/ecosystems';
import type { ReleaseGroup } from '../configuration/release-group';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import type { Cause } from './causes';
import { isHigher, targetOf, type Target, type Targets } from './target';
import { versionedPackages } from './versioned-packages';
import type { VersionPlaces } from './version-places';

/** A version that a project was given. */
export interface Asked {
  readonly canonical: string;
  readonly cause: Cause;
}

/** A package that takes the version of a group without being released with it. */
export interface FollowingPackage {
  readonly node: PackageNode;
  readonly group: string;
}

export interface Decision {
  readonly targets: Targets;
  readonly problems: readonly ForgeError[];
}

interface Question {
  readonly model: WorkspaceModel;
  readonly asked: ReadonlyMap<string, Asked>;
  readonly groupVersions: ReadonlyMap<string, string>;
  readonly following: readonly FollowingPackage[];
  readonly places: VersionPlaces;
}

/**
 * Which package gets which version: those of the projects that were given one, those that follow a group that
 * moves, and those that share a version place with any of them. At one place the highest version wins.
 */
export function decideTargets({ model, asked, places, ...rest }: Question): Decision {
  const targets = new Map<PackageNode, Target>();
  const problems: ForgeError[] = [];
  const keep = (node: PackageNode, target: Result<Target>): void => {
    if (target.ok) targets.set(node, target.value);
    else problems.push(...target.problems);
  };
  for (const { name, packages } of model.projects.values()) {
    const own = asked.get(name);
    for (const node of own ? versionedPackages(packages) : [])
      if (own) keep(node, targetOf(node, own.canonical, own.cause));
  }
  for (const { node, group } of rest.following) {
    const version = rest.groupVersions.get(group);
    if (version === undefined || targets.has(node)) continue;
    const target = targetOf(node, version, { kind: 'follows', group });
    if (!target.ok || target.value.native !== node.manifest.version.value) keep(node, target);
  }
  spread(targets, places, keep);
  return { targets, problems: withoutRepeats(problems) };
}

/** Gives all packages of a version place the highest version that one of them gets. */
function spread(
  targets: Map<PackageNode, Target>,
  { placeOf, sharing }: VersionPlaces,
  keep: (node: PackageNode, target: Result<Target>) => void,
): void {
  const seen = new Set<string>();
  for (const node of [...targets.keys()]) {
    const peers = sharing(node);
    if (peers.length < 2 || seen.has(placeOf(node))) continue;
    seen.add(placeOf(node));
    const [highest, winner] = highestOf(peers, targets) ?? [];
    if (!highest || !winner) continue;
    const cause: Cause = { kind: 'shares', name: highest.manifest.name };
    for (const peer of peers)
      if (targets.get(peer)?.canonical !== winner.canonical)
        keep(peer, targetOf(peer, winner.canonical, cause));
  }
}

function highestOf(
  peers: readonly PackageNode[],
  targets: Targets,
): readonly [PackageNode, Target] | undefined {
  let best: readonly [PackageNode, Target] | undefined;
  for (const peer of peers) {
    const target = targets.get(peer);
    if (target && (!best || isHigher(peer, target, best[1]))) best = [peer, target];
  }
  return best;
}

/** The version that each group moves to; FORGE-C006 where something follows a group of several versions. */
export function versionsOfGroups(
  groups: ReadonlyMap<string, ReleaseGroup>,
  asked: ReadonlyMap<string, Asked>,
  followed: ReadonlySet<string>,
): { readonly versions: ReadonlyMap<string, string>; readonly problems: readonly ForgeError[] } {
  const versions = new Map<string, string>();
  const problems: ForgeError[] = [];
  for (const name of followed) {
    const projects = groups.get(name)?.projects ?? [];
    const given = [...new Set(projects.flatMap((each) => asked.get(each)?.canonical ?? []))];
    if (given.length > 1) problems.push(severalVersions(name, given));
    else if (given[0] !== undefined) versions.set(name, given[0]);
  }
  return { versions, problems };
}

function severalVersions(group: string, versions: readonly string[]): ForgeError {
  return new ForgeError('FORGE-C006', {
    what: `something follows the release group \`${group}\`, whose projects get several versions: ${versions.join(', ')}`,
    where: { file: 'nx.json' },
    fix: `set "projectsRelationship": "fixed" for \`${group}\`, or follow a group of one project`,
  });
}

/** A version place is told once, however many packages share it. */
function withoutRepeats(problems: readonly ForgeError[]): ForgeError[] {
  const first = new Map<string, ForgeError>();
  for (const each of problems) {
    const place = each.where ? `${each.code} ${each.where.file}` : each.what;
    if (!first.has(place)) first.set(place, each);
  }
  return [...first.values()];
}
