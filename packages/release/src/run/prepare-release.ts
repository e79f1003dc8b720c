import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { commitOfTag, currentBranch } from '../effects/git-state';
import { resolveCommit } from '../effects/git';
import { openWorkspace, type Workspace } from '../effects/open-workspace';
import { createWorld } from '../effects/world';
import type { WorkspaceModel } from '../graph/model';
import type { Release } from '../plan/settle-release';
import { withDestinations } from '../credentials/destinations';
import { preflightRun } from '../preflight/preflight-run';
import type { Asked, PlannedPush, PlannedRelease } from '../record/planned-release';
import { plannedFile, type FileChange } from '../record/release-store';
import { commitMessage } from './commit-message';
import { changelogByNx, versionByNx, type NxRun } from './nx-release';
import { readReleaseSettings, workspaceChangelogFile } from './nx-settings';
import { planFiles } from './plan-files';
import { planTags } from './plan-tags';
import { plannedUnits } from './planned-units';

/** A release that is decided, with everything that would stop it half-way. Nothing is written yet. */
export interface PreparedRelease {
  readonly planned: PlannedRelease;
  readonly changes: readonly FileChange[];
  readonly release: Release;
  /** Empty when it may begin. */
  readonly problems: readonly ForgeError[];
}

export interface Wishes {
  readonly asked: Asked;
  /** Undefined: as nx.json says. */
  readonly push?: boolean;
}

/** Undefined when nothing is due. The process has entered the workspace before. */
export async function prepareRelease(
  root: string,
  { asked, push }: Wishes,
): Promise<Result<PreparedRelease | undefined>> {
  const settings = readReleaseSettings(root);
  const run = await versionByNx(root, asked, { dryRun: true });
  if (!run.ok) return run;
  const { release, versions } = run.value;
  if (!release) return ok(undefined);
  const entries = await changelogByNx(asked, versions, workspaceChangelogFile(settings));
  if (!entries.ok) return entries;
  const head = await resolveCommit(root, 'HEAD');
  if (head === undefined) return fail(noCommit(root));
  const workspace = await openWorkspace(root);
  const { model } = workspace;
  const branch = await currentBranch(root);
  const changes = planFiles(root, run.value, entries.value);
  const wantsPush = push ?? settings.git?.push ?? false;
  const planned: PlannedRelease = {
    formatVersion: 1,
    asked,
    head,
    ...(branch === undefined ? {} : { branch }),
    plan: release.plan,
    files: changes.map(plannedFile),
    commitMessage: commitMessage(versions, settings.git?.commitMessage),
    tags: planTags(versions, release.plan, projectNames(run.value, model)),
    ...(wantsPush && branch !== undefined
      ? { push: pushTo(branch, settings.git?.pushRemote) }
      : {}),
    forgeReleases: [],
  };
  return ok({ planned, changes, release, problems: await problemsOf(workspace, planned) });
}

function pushTo(branch: string, remote = 'origin'): PlannedPush {
  return { remote, branch };
}

/** Names in our model by those of Nx; both stand at one root. */
function projectNames(
  { versions }: NxRun,
  { projects }: WorkspaceModel,
): (nxName: string) => string {
  const { projectsToVersionActions } = versions.releaseGraph;
  return (nxName) => {
    const root = projectsToVersionActions.get(nxName)?.projectGraphNode.data.root;
    return (root === undefined ? undefined : projects.get(root || '.')?.name) ?? nxName;
  };
}

async function problemsOf(
  workspace: Workspace,
  planned: PlannedRelease,
): Promise<readonly ForgeError[]> {
  const { root, model } = workspace;
  const target = await withDestinations({ ...planned.asked, allowDirty: false }, workspace);
  const units = plannedUnits(planned.plan, model, target);
  const world = createWorld({ dryRun: true });
  const { report } = await preflightRun(workspace, units, target, world);
  return [...report.problems, ...(await strayTags(root, planned))];
}

/** FORGE-L010. A tag cannot stand on a commit that is not made yet. */
async function strayTags(root: string, { tags }: PlannedRelease): Promise<readonly ForgeError[]> {
  const found = await Promise.all(
    tags.map(async ({ name }) => ({ name, commit: await commitOfTag(root, name) })),
  );
  return found.flatMap(({ name, commit }) => {
    if (commit === undefined) return [];
    const what = `the tag \`${name}\` stands on \`${commit.slice(0, 12)}\` already`;
    return [new ForgeError('FORGE-L010', { what })];
  });
}

function noCommit(root: string): ForgeError {
  const what = `there is no commit in \`${root}\` that a release could start from`;
  return new ForgeError('FORGE-A002', { what, fix: 'run inside a git repository with a commit' });
}
