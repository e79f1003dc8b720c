import {
  fail,
  ok,
  type Ecosystem,
  type Reader,
  type RequirementPolicy,
  type Result,
} from '@forge/ecosystems';
import type { ReleaseGroup } from '../configuration/release-group';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import { assemblePlan } from './assemble-plan';
import { decideTargets, versionsOfGroups, type Asked } from './decide-targets';
import { fileContents } from './file-contents';
import type { ResolvedFollowers } from './followers/resolve-followers';
import { placesOf, readBackPlaces, textEdits, type TextPlace } from './followers/text-followers';
import { manifestEdits } from './manifest-edits';
import type { ReleasePlan } from './release-plan';
import { renderDiffs } from './render-diffs';
import type { VersionPlaces } from './version-places';

/** A release that is decided and proved: what will be written, and why. */
export interface Release {
  readonly plan: ReleasePlan;
  /** New contents of every file that changes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The same as unified diffs, package by package, with the reasons. */
  diffs(): string;
}

/** Everything that is known when the last version was given. */
interface Settlement {
  readonly model: WorkspaceModel;
  readonly reader: Reader;
  readonly groups: ReadonlyMap<string, ReleaseGroup>;
  readonly ecosystems: readonly Ecosystem[];
  readonly asked: ReadonlyMap<string, Asked>;
  readonly places: VersionPlaces;
  readonly following: ResolvedFollowers;
  /** Names of the groups that something follows. */
  readonly followed: ReadonlySet<string>;
  readonly records: readonly TextPlace[];
  readonly edgesFrom: (node: PackageNode) => readonly LocalEdge[];
  readonly edgesTo: (node: PackageNode) => readonly LocalEdge[];
  readonly policyOf: (node: PackageNode) => RequirementPolicy;
}

/** Every edit of a release, proved; or all that keeps it from being made. */
export function settleRelease(settlement: Settlement): Result<Release> {
  const { model, reader, groups, ecosystems, asked, following } = settlement;
  const groupVersions = versionsOfGroups(groups, asked, settlement.followed);
  const { targets, problems } = decideTargets({
    ...{ model, asked, places: settlement.places, groupVersions: groupVersions.versions },
    following: following.packages,
  });
  const places = placesOf(following.texts, groupVersions.versions, ecosystems);
  const all = [...(places.ok ? places.value : []), ...settlement.records];
  const edits = [manifestEdits(targets, settlement), textEdits(all, reader)];
  const wrong = [
    ...following.problems,
    ...groupVersions.problems,
    ...problems,
    ...[places, ...edits].flatMap((each) => (each.ok ? [] : each.problems)),
  ];
  if (wrong.length > 0) return fail(...wrong);
  const explained = edits.flatMap((each) => (each.ok ? each.value : []));
  const plan = assemblePlan(model, targets, explained, settlement);
  if (!plan.ok) return plan;
  const files = fileContents(plan.value.edits, reader);
  if (!files.ok) return files;
  const unread = readBackPlaces(all, files.value);
  if (unread.length > 0) return fail(...unread);
  const diffs = (): string => renderDiffs(plan.value, reader);
  return ok({ plan: plan.value, files: files.value, diffs });
}
