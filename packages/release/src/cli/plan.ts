import type { ForgeError } from '@forge/ecosystems';
import { enterWorkspace } from '../effects/enter-workspace';
import { labelOf } from '../plan/publish-unit';
import { hashPlan } from '../plan/release-plan';
import { describeReport } from '../preflight/describe-report';
import { readReleaseSettings, wouldAsk } from '../run/nx-settings';
import { prepareRelease, type PreparedRelease } from '../run/prepare-release';
import { renderRelease } from '../run/render-release';
import { invalidArguments } from './arguments';
import type { CliCommand } from './command';
import { releaseArguments, releaseOptions } from './release-arguments';
import { reportProblems } from './report';

export const planCommand: CliCommand = {
  usage: `Usage: forge-release plan [SPECIFIER] [--json] [options]

Everything that \`run\` would do, as a text or as JSON: files, commit, uploads in their order, tags; and every problem
that would keep it from beginning. Changes nothing. Ends with 1 when there are problems.
${releaseOptions}`,
  async run(argv, from, streams) {
    const { root, wishes, json } = releaseArguments(argv, from);
    if (wishes.asked.specifier === undefined && wouldAsk(readReleaseSettings(root)))
      throw invalidArguments('nobody says which version: `forge-release plan patch`');
    enterWorkspace(root);
    const prepared = await prepareRelease(root, wishes, { dryRun: true });
    if (!prepared.ok) return reportProblems(prepared.problems, streams);
    const { value } = prepared;
    if (json) {
      streams.out(`${JSON.stringify(value ? plainRelease(value) : null, null, 2)}\n`);
      return value && value.report.problems.length > 0 ? 1 : 0;
    }
    streams.out(value ? `${renderRelease(value)}\n` : 'Nothing is due.\n');
    if (!value) return 0;
    const { report } = value;
    streams.error(describeReport(report));
    return report.problems.length > 0 ? reportProblems(report.problems, streams) : 0;
  },
};

function plainRelease({ planned, report }: PreparedRelease): object {
  const plain = ({ code, what, where, fix }: ForgeError): object => ({ code, what, where, fix });
  return {
    hash: hashPlan(planned.plan),
    ...planned,
    problems: report.problems.map(plain),
    warnings: report.warnings.map(plain),
    firstPublished: report.firstPublished.map(labelOf),
    waits: report.waits,
  };
}
