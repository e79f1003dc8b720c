import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { isHead, ownCommit } from './own-commit';
import { commitOfTag, isPushed } from '../effects/git-state';
import { deleteTag, uncommit } from '../effects/git-write';
import { openWorkspace } from '../effects/open-workspace';
import type { World } from '../effects/world';
import { findStep, touchedPackages } from '../record/release-state';
import type { ReleaseStore } from '../record/release-store';
import { labelOf } from '../plan/publish-unit';
import { lookUp } from '../publish/compare-artifacts';
import { foreignContents, putFiles } from './own-files';
import { plannedUnits } from '../plan/planned-units';
import { releaseTarget } from './release-target';

/** What a rollback did, for people. */
export interface RolledBack {
  readonly lines: readonly string[];
  /** Why something of the release stays. */
  readonly left: readonly ForgeError[];
}

/**
 * Undoes what is local and the release's own: tags on its commit, its commit while it is HEAD and nobody else's, its
 * files. Nothing is touched when something of it is live, or may be (FORGE-L008), or when one of its files was changed
 * since (FORGE-L004). A commit that others have or build on stays, and is named.
 */
export async function rollBack(
  root: string,
  store: ReleaseStore,
  world: World,
): Promise<Result<RolledBack>> {
  const live = await liveProblems(root, store, world);
  if (live.length > 0) return fail(...live);
  const commit = await ownCommit(root, store);
  const anchor = commit === undefined ? undefined : await anchored(root, commit);
  if (!anchor) {
    const foreign = foreignContents(root, store);
    if (foreign.length > 0) return fail(...foreign);
  }
  const lines = commit === undefined ? [] : await removeTags(root, store, commit);
  if (anchor) return ended(store, 'abandoned', { lines, left: [anchor] });
  const paths = store.planned.files.map(({ path }) => path);
  if (commit !== undefined) {
    store.journal.append('step', { step: 'commit', state: 'undone' });
    if (!(await uncommit(root, commit, store.planned.head, paths))) return fail(onTop(commit));
    lines.push(`took back the commit ${commit.slice(0, 12)}`);
  }
  putFiles(root, store, 'before');
  store.journal.append('step', { step: 'version', state: 'undone' });
  lines.push(`put back ${paths.length} file${paths.length === 1 ? '' : 's'}`);
  return ended(store, 'rolled back', { lines, left: [] });
}

function ended(
  store: ReleaseStore,
  outcome: 'rolled back' | 'abandoned',
  done: RolledBack,
): Result<RolledBack> {
  store.journal.append('end', { outcome });
  return ok(done);
}

/** Registries are asked about everything whose upload was begun: the journal cannot know how that ended. */
async function liveProblems(
  root: string,
  store: ReleaseStore,
  world: World,
): Promise<readonly ForgeError[]> {
  const touched = new Set(touchedPackages(store.state()));
  if (touched.size === 0) return [];
  const workspace = await openWorkspace(root);
  const target = await releaseTarget(workspace, store.planned.asked);
  const units = plannedUnits(store.planned.plan, workspace.model, target);
  const found = await Promise.all(
    units
      .filter((unit) => touched.has(labelOf(unit)))
      .map(async (unit) => ({
        label: labelOf(unit),
        presence: await lookUp(unit, (_, request) => world.request(request)),
      })),
  );
  return found.flatMap(({ label, presence }) => {
    if (presence.state === 'absent') return [];
    const isThere = presence.state === 'present';
    const what = isThere
      ? `\`${label}\` is live`
      : `nobody knows whether \`${label}\` is live: ${presence.reason}`;
    const fix = isThere
      ? 'finish with `forge-release resume`, or take it back from its registry with `forge-release yank`'
      : 'run again when the registry answers';
    return [new ForgeError('FORGE-L008', { what, fix })];
  });
}

/** What holds the commit where it is. */
async function anchored(root: string, commit: string): Promise<ForgeError | undefined> {
  if (!(await isHead(root, commit))) return onTop(commit);
  if (!(await isPushed(root, commit))) return undefined;
  const what = `the commit \`${commit.slice(0, 12)}\` is pushed; it stays`;
  return new ForgeError('FORGE-L008', { what, fix: `git revert ${commit.slice(0, 12)}` });
}

function onTop(commit: string): ForgeError {
  const what = `HEAD is not the commit of this release, \`${commit.slice(0, 12)}\`; it stays, with what stands on top of it`;
  return new ForgeError('FORGE-L008', { what, fix: `git revert ${commit.slice(0, 12)}` });
}

async function removeTags(root: string, store: ReleaseStore, commit: string): Promise<string[]> {
  const lines: string[] = [];
  for (const { name } of store.planned.tags) {
    // A tag of this name that the release never announced is somebody else's.
    if (!findStep(store.state(), 'tag', name) || (await commitOfTag(root, name)) !== commit)
      continue;
    if (!(await deleteTag(root, name, commit))) continue;
    store.journal.append('step', { step: 'tag', subject: name, state: 'undone' });
    lines.push(`removed the tag ${name}`);
  }
  return lines;
}
