import { fail, ok, type Result } from '@forge/ecosystems';
import { confirm, isInteractive, whoeverAnswers } from '../effects/confirm';
import { enterWorkspace } from '../effects/enter-workspace';
import { watchUploads } from '../effects/upload-processes';
import { createWorld, type World } from '../effects/world';
import { agree } from '../run/agreement';
import { describeReport } from '../preflight/describe-report';
import { readReleaseSettings, wouldAsk } from '../run/nx-settings';
import { plannedUploads } from '../plan/planned-units';
import { prepareRelease } from '../run/prepare-release';
import { renderRelease } from '../run/render-release';
import { alone, beginRelease, unfinished } from '../run/start-release';
import { invalidArguments } from './arguments';
import type { CliCommand, Streams } from './command';
import { releaseArguments, releaseOptions, type ReleaseArguments } from './release-arguments';
import { progressOn, reportProblems } from './report';

export const runCommand: CliCommand = {
  usage: `Usage: forge-release run [SPECIFIER] [--dry-run] [--yes] [options]

One release from the plan to the record: plans, checks everything, versions, commits, packages, publishes, tags, and
pushes if that is wanted. Every step is on disk before it is taken: \`resume\` goes on wherever it was cut off.
SPECIFIER is a bump (\`patch\`) or a version; without one, nx.json says where versions come from.
  --dry-run          show everything and change nothing
  --yes, -y          do not ask
${releaseOptions}`,
  async run(argv, from, streams) {
    const options = releaseArguments(argv, from);
    const { root, wishes } = options;
    if (wishes.asked.specifier === undefined && wouldAsk(readReleaseSettings(root)))
      throw invalidArguments('nobody says which version: `forge-release run patch`');
    const world = createWorld({ dryRun: options.dryRun, watch: watchUploads(root) });
    enterWorkspace(root);
    if (world.dryRun) return show(options, streams);
    const command = ['run', ...argv].join(' ');
    const done = await alone(root, command, { world, note: noteTo(streams) }, async (open) => {
      if (open) return fail(unfinished(open));
      return release(options, command, world, streams);
    });
    return done.ok ? 0 : reportProblems(done.problems, streams);
  },
};

async function show({ root, wishes }: ReleaseArguments, streams: Streams): Promise<number> {
  const prepared = await prepareRelease(root, wishes, { dryRun: true });
  if (!prepared.ok) return reportProblems(prepared.problems, streams);
  if (!prepared.value) return nothingDue(streams);
  streams.out(`${renderRelease(prepared.value)}\n\ndry run: nothing was written\n`);
  const { report } = prepared.value;
  streams.error(describeReport(report));
  return report.problems.length > 0 ? reportProblems(report.problems, streams) : 0;
}

async function release(
  options: ReleaseArguments,
  command: string,
  world: World,
  streams: Streams,
): Promise<Result<void>> {
  const { root, wishes, yes } = options;
  const answers = whoeverAnswers(yes);
  const preparation = { dryRun: false, ...(answers ? { confirm: answers } : {}) };
  const prepared = await prepareRelease(root, wishes, preparation);
  if (!prepared.ok) return prepared;
  if (!prepared.value) {
    nothingDue(streams);
    return ok(undefined);
  }
  streams.out(`${renderRelease(prepared.value)}\n`);
  const { report } = prepared.value;
  streams.error(describeReport(report));
  if (report.problems.length > 0) return fail(...report.problems);
  const agreed = await agree(plannedUploads(prepared.value.planned.plan).length, {
    yes,
    ask: isInteractive() ? confirm : undefined,
  });
  if (!agreed.ok) return agreed;
  const problems = await beginRelease(root, prepared.value, command, world, progressOn(streams));
  if (problems.length > 0) return fail(...problems);
  streams.out('\nreleased\n');
  return ok(undefined);
}

function nothingDue(streams: Streams): number {
  streams.out('Nothing is due: no project gets a new version.\n');
  return 0;
}

function noteTo(streams: Streams): (text: string) => void {
  return (text) => streams.error(`${text}\n`);
}
