import type { ForgeError } from '@forge/ecosystems';
import { releaseIntent, type ReleaseIntent } from '../effects/nx-arguments';
import type { Release } from '../plan/settle-release';
import { nothingFound, type PreflightReport } from '../preflight/report';
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
  const { describeReport } = loadDescription();
  process.stderr.write([describeReport(report), ...(problems.length > 0 ? stops : [])].join(''));
}

function reportOf(session: VersionSession, intent: ReleaseIntent): Promise<PreflightReport> {
  const { release } = session.writer;
  if (!release) return Promise.resolve(nothingFound);
  const known = reports.get(release) ?? loadExamination().examineUploads(session, release, intent);
  reports.set(release, known);
  return known;
}

/** What uploads need is loaded by processes that go on to upload: most runs only decide versions. */
const loadExamination = () => require('./examine-uploads') as typeof import('./examine-uploads');
const loadDescription = () =>
  require('../preflight/describe-report') as typeof import('../preflight/describe-report');
