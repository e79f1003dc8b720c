import { readNxJson } from '@nx/devkit';
import type { ForgeError } from '@forge/ecosystems';
import { withDestinations } from '../credentials/destinations';
import { confirm, isInteractive } from '../effects/confirm';
import { releaseIntent, type ReleaseIntent } from '../effects/nx-arguments';
import { createWorld } from '../effects/world';
import { plannedUnits } from '../plan/planned-units';
import type { PublishUnit } from '../plan/publish-unit';
import type { Release } from '../plan/settle-release';
import { describeReport } from '../preflight/describe-report';
import { preflightRun } from '../preflight/preflight-run';
import { nothingFound, type PreflightReport } from '../preflight/report';
import type { NxRun } from './nx-run';
import type { VersionSession } from './version-session';

/** Each release is looked at once, however often Nx asks. */
const reports = new WeakMap<Release, Promise<PreflightReport>>();

/**
 * What would stop the uploads that `nx release` goes on to, of exactly the packages that get a version; nothing where
 * this process only versions. A dry run tells it at its end instead: `printPublishReport`.
 */
export async function publishProblems(session: VersionSession): Promise<readonly ForgeError[]> {
  const intent = releaseIntent();
  return intent && !intent.dryRun ? (await reportOf(session, intent)).problems : [];
}

/** Tells what is to be known before the uploads, to people. */
export async function printPublishReport(session: VersionSession): Promise<void> {
  const intent = releaseIntent();
  if (!intent) return;
  const report = await reportOf(session, intent);
  const problems = report.problems.map((problem) => `${problem.render()}\n`);
  const stops = ['\nThis would stop the release before anything is written:\n\n', ...problems];
  process.stderr.write([describeReport(report), ...(problems.length > 0 ? stops : [])].join(''));
}

function reportOf(session: VersionSession, intent: ReleaseIntent): Promise<PreflightReport> {
  const { release } = session.writer;
  if (!release) return Promise.resolve(nothingFound);
  const known = reports.get(release) ?? examine(session, release, intent);
  reports.set(release, known);
  return known;
}

async function examine(
  session: VersionSession,
  { plan }: Release,
  { dryRun, yes }: ReleaseIntent,
): Promise<PreflightReport> {
  const { tree, model, reader, options, run, planner } = session;
  const workspace = { root: tree.root, model, reader, options };
  const isOurs = ({ node }: PublishUnit): boolean =>
    run.publishTargetOf(node.project)?.executor === '@forge/release:publish';
  const given = givenOptions(plannedUnits(plan, model, options).filter(isOurs), run);
  const target = await withDestinations(
    { registry: given.registry ?? options.registry, allowDirty: given.allowDirty ?? false },
    workspace,
  );
  const setsTags = readNxJson(tree)?.release?.git?.tag ?? true;
  const tags = setsTags ? run.tagsOf((project) => planner.versionOf(project)) : [];
  const asks = isInteractive() && !yes && !dryRun;
  const { report } = await preflightRun(
    workspace,
    plannedUnits(plan, model, target).filter(isOurs),
    { ...target, tags, ...(asks ? { confirm } : {}) },
    createWorld({ dryRun }),
  );
  return report;
}

interface TargetOptions {
  readonly registry?: string;
  readonly allowDirty?: boolean;
}

/** The publishing process too goes by the options of the first task of its batch. */
function givenOptions([first]: readonly PublishUnit[], run: NxRun): TargetOptions {
  const options: unknown = first && run.publishTargetOf(first.node.project)?.options;
  return (options ?? {}) as TargetOptions;
}
