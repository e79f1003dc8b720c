import { enterWorkspace } from '../effects/enter-workspace';
import { hashPlan } from '../plan/release-plan';
import { readReleaseSettings, wouldAsk } from '../run/nx-settings';
import { prepareRelease } from '../run/prepare-release';
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
    const prepared = await prepareRelease(root, wishes);
    if (!prepared.ok) return reportProblems(prepared.problems, streams);
    const { value } = prepared;
    if (json) {
      const problems = value?.problems.map(({ code, what, where, fix }) => ({ code, what, where, fix }));
      const plan = value && { hash: hashPlan(value.planned.plan), ...value.planned, problems };
      streams.out(`${JSON.stringify(plan ?? null, null, 2)}\n`);
      return problems && problems.length > 0 ? 1 : 0;
    }
    streams.out(value ? `${renderRelease(value)}\n` : 'Nothing is due.\n');
    return value && value.problems.length > 0 ? reportProblems(value.problems, streams) : 0;
  },
};
