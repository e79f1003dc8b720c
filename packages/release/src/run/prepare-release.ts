import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { currentBranch } from '../effects/git-state';
import { resolveCommit } from '../effects/git';
import { openWorkspace } from '../effects/open-workspace';
import type { WorkspaceModel } from '../graph/model';
import type { Release } from '../plan/settle-release';
import type { PreflightReport } from '../preflight/report';
import type { Asked, PlannedRelease, RehearseWith } from '../record/planned-release';
import { plannedFile, type FileChange } from '../record/release-store';
import { commitMessage } from './commit-message';
import { changelogByNx, versionByNx, type NxRun } from './nx-release';
import { createReleaseIn, readReleaseSettings, workspaceChangelogFile } from './nx-settings';
import { planFiles } from './plan-files';
import { planForgeReleases } from './plan-forge-releases';
import { planTags } from './plan-tags';
import { preparationReport, type Preparation } from './preparation-report';

/** A release that is decided, with everything that would stop it half-way. Nothing is written yet. */
export interface PreparedRelease {
  readonly planned: PlannedRelease;
  readonly changes: readonly FileChange[];
  readonly release: Release;
  /** It may begin when there are no problems. */
  readonly report: PreflightReport;
}

export interface Wishes {
  readonly asked: Asked;
  /** Undefined: as nx.json says. */
  readonly push?: boolean;
  readonly rehearse?: boolean;
  readonly rehearseWith?: RehearseWith;
}

/** Undefined when nothing is due. The process has entered the workspace before. */
export async function prepareRelease(
  root: string,
  { asked, push, rehearse = false, rehearseWith }: Wishes,
  preparation: Preparation,
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
  const pushed = { remote: settings.git?.pushRemote ?? 'origin', branch };
  const { workspaceChangelog } = settings.changelog ?? {};
  const shown =
    push === false
      ? ok([])
      : await planForgeReleases(
          root,
          entries.value,
          createReleaseIn(workspaceChangelog),
          pushed.remote,
        );
  if (!shown.ok) return shown;
  // A release can only be shown for a tag that is there.
  const wantsPush = push ?? (settings.git?.push || shown.value.length > 0);
  const planned: PlannedRelease = {
    formatVersion: 1,
    asked,
    head,
    ...(branch === undefined ? {} : { branch }),
    plan: release.plan,
    files: changes.map(plannedFile),
    commitMessage: commitMessage(versions, settings.git?.commitMessage),
    tags: planTags(versions, release.plan, projectNames(run.value, model)),
    ...(rehearse ? { rehearse, ...(rehearseWith && { rehearseWith }) } : {}),
    ...(wantsPush && branch !== undefined ? { push: { ...pushed, branch } } : {}),
    forgeReleases: shown.value,
  };
  const report = await preparationReport(workspace, planned, preparation);
  return ok({ planned, changes, release, report });
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

function noCommit(root: string): ForgeError {
  const what = `there is no commit in \`${root}\` that a release could start from`;
  return new ForgeError('FORGE-A002', { what, fix: 'run inside a git repository with a commit' });
}
