import {
  type Ecosystem,
  type ForgeError,
  type Reader,
  type RequirementPolicy,
  type Result,
} from '@forge/ecosystems';
import type { Follower } from '../configuration/followers';
import type { ReleaseGroup } from '../configuration/release-group';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import type { Cause } from './causes';
import type { Asked } from './decide-targets';
import { resolveFollowers } from './followers/resolve-followers';
import type { TextPlace } from './followers/text-followers';
import { settleRelease, type Release } from './settle-release';
import { isHigher, spellNative, type Target } from './target';
import { versionedPackages } from './versioned-packages';
import { versionPlaces } from './version-places';

/**
 * Takes versions project by project, and plans them all at once. The order of calls and repeated calls make no
 * difference: Nx may version one project twice, and a dependent before its dependency. Nothing is read or
 * edited before `settle`.
 */
export interface ReleasePlanner {
  readonly model: WorkspaceModel;
  /** The last version that is given to a project counts. `records` are places that say what it goes with. */
  setVersion(
    project: string,
    canonical: string,
    cause: Cause,
    records?: readonly TextPlace[],
  ): void;
  /** The canonical version that a project was given. */
  versionOf(project: string): string | undefined;
  /** The canonical version that a package gets at least, because others share its version place and got it. */
  floorOf(node: PackageNode): string | undefined;
  /** What is wrong with the followers, whatever versions there will be (FORGE-C006). */
  followerProblems(): readonly ForgeError[];
  /** Every edit of the release, proved; or all that keeps it from being made. */
  settle(): Result<Release>;
}

export interface PlannerOptions {
  /** When requirements change, unless the group of the manifest says otherwise. */
  readonly requirements?: RequirementPolicy;
  /** By name; may still grow until `settle`. */
  readonly groups?: ReadonlyMap<string, ReleaseGroup>;
  readonly followers?: readonly Follower[];
  readonly ecosystems?: readonly Ecosystem[];
}

/** `reader` must go on showing the files as they were before the release. */
export function createReleasePlanner(
  model: WorkspaceModel,
  reader: Reader,
  { requirements = 'violated', groups = new Map(), ...options }: PlannerOptions = {},
): ReleasePlanner {
  const { followers = [], ecosystems = [] } = options;
  const asked = new Map<string, Asked>();
  const records = new Map<string, readonly TextPlace[]>();
  /** The highest version that was given to each version place which several packages share. */
  const floors = new Map<string, Pick<Target, 'native' | 'canonical'>>();
  const { edgesFrom, edgesTo, packagesOf } = indexOf(model);
  const places = versionPlaces(model.packages);

  function raiseFloors(project: string, canonical: string): void {
    for (const node of versionedPackages(packagesOf(project))) {
      if (places.sharing(node).length < 2) continue;
      const native = spellNative(node, canonical);
      if (!native.ok) continue;
      const place = places.placeOf(node);
      const known = floors.get(place);
      const given = { native: native.value, canonical };
      if (!known || isHigher(node, given, known)) floors.set(place, given);
    }
  }

  function resolve() {
    return resolveFollowers(followers, model, { groups, reader, ecosystems });
  }

  /** The policy of the first group that has the project of the manifest. */
  function policies(): (node: PackageNode) => RequirementPolicy {
    const byProject = new Map<string, RequirementPolicy>();
    for (const { projects, options: own } of groups.values())
      for (const project of own.requirements ? projects : [])
        if (own.requirements) byProject.set(project, own.requirements);
    return ({ project }) => byProject.get(project) ?? requirements;
  }

  return {
    model,
    versionOf: (project) => asked.get(project)?.canonical,
    floorOf: (node) => floors.get(places.placeOf(node))?.canonical,
    followerProblems: () => resolve().problems,
    setVersion(project, canonical, cause, own = []) {
      asked.set(project, { canonical, cause });
      records.set(project, own);
      raiseFloors(project, canonical);
    },
    settle: () =>
      settleRelease({
        ...{ model, reader, groups, ecosystems, asked, places, edgesFrom, edgesTo },
        following: resolve(),
        followed: new Set(followers.map(({ group }) => group)),
        records: [...records.values()].flat(),
        policyOf: policies(),
      }),
  };
}

/** What is asked of the model again and again, looked up once. */
function indexOf({ edges, packages }: WorkspaceModel) {
  const from = groupBy(edges, (edge) => edge.from);
  const to = groupBy(edges, (edge) => edge.to);
  const byProject = groupBy(packages, (node) => node.project);
  return {
    edgesFrom: (node: PackageNode): readonly LocalEdge[] => from.get(node) ?? [],
    edgesTo: (node: PackageNode): readonly LocalEdge[] => to.get(node) ?? [],
    packagesOf: (project: string): readonly PackageNode[] => byProject.get(project) ?? [],
  };
}
