import type { CommitConventions } from '../configuration/nx-release-groups';
import type { Trigger } from '../configuration/triggers';
import type { Commit } from '../effects/history';
import type { Change } from './changes-since';
import { commitLevel, highest, type Level } from './commit-bump';
import type { Makeup } from './makeup';
import type { ReleasedProject } from './release-group';

/** The changes of one project since its own baseline, sorted by what they mean for it. */
export interface ProjectChanges {
  /** In its own files, or in those that its trigger names as its own. */
  readonly direct: readonly Change[];
  /** In what is compiled into it, or what its trigger waits for. */
  readonly linked: readonly Change[];
  /** True where a trigger says what `linked` holds, be it a part of the project or not. */
  readonly isTriggered: boolean;
  /** In what is compiled into it, though its trigger does not wait for that. */
  readonly passedOver: readonly Change[];
}

export interface TriggerScope {
  readonly trigger: Trigger | undefined;
  readonly makeup: Makeup;
  /** Directories of the projects that `on` names. */
  readonly on: ReadonlySet<string>;
  /** True for paths that `own` matches. */
  readonly isOwn: (path: string) => boolean;
}

export function sortChanges(
  changes: readonly Change[],
  { trigger, makeup, on, isOwn }: TriggerScope,
): ProjectChanges {
  const isMadeOf = ({ root }: Change): boolean => makeup.own.has(root) || makeup.linked.has(root);
  const ownByGlob = ({ path, files }: Change): boolean => [path, ...files].some(isOwn);
  const isExact = trigger?.on !== undefined;
  const isDirect = (change: Change): boolean =>
    ownByGlob(change) || ((!isExact || !trigger.own) && makeup.own.has(change.root));
  const isLinked = ({ root }: Change): boolean =>
    isExact ? on.has(root) : makeup.linked.has(root);
  const direct = changes.filter(isDirect);
  const linked = changes.filter((change) => !isDirect(change) && isLinked(change));
  const rest = changes.filter((change) => !isDirect(change) && !isLinked(change));
  return { direct, linked, isTriggered: isExact, passedOver: rest.filter(isMadeOf) };
}

/** The highest bump that the commits behind these changes ask for. */
export function levelOf(
  { name }: ReleasedProject,
  { direct, linked }: ProjectChanges,
  commits: readonly Commit[],
  conventions: CommitConventions,
): Level {
  const filesOf = (changes: readonly Change[]): Set<string> =>
    new Set(changes.flatMap(({ files }) => files));
  const [own, others] = [filesOf(direct), filesOf(linked)];
  const touches = (files: ReadonlySet<string>, { paths }: Commit): boolean =>
    paths.some((path) => files.has(path));
  return highest(
    commits
      .filter((commit) => touches(own, commit) || touches(others, commit))
      .map((commit) =>
        commitLevel(commit, { project: name, isDirect: touches(own, commit) }, conventions),
      ),
  );
}
