import type { WorkflowFacts } from '../workflow-facts';
import type { YamlMap } from '../write-yaml';
import { preparation, shownCommit } from './preparation';
import { script } from './step';
import { choices, environment, identity, release, tokens } from './tokens';

/**
 * Shows the release, and everything in its way, before it may begin. It has the tokens because it asks registries
 * whether they know them; the latch keeps all of it from sending anything.
 */
export function dryRunJob(facts: WorkflowFacts): YamlMap {
  const { environment: place, secrets } = facts;
  return {
    name: 'Dry run',
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 30,
    // Secrets of an environment reach only jobs that stand in it; without secrets, nobody has to let it in.
    environment: secrets.length > 0 ? place : undefined,
    permissions: { contents: 'read', ...identity(facts) },
    outputs: shownCommit,
    env: { FORGE_RELEASE_DRY_RUN: 'true' },
    steps: [...preparation(facts, { pushes: false }), dryRun(facts), show],
  };
}

function dryRun(facts: WorkflowFacts): YamlMap {
  return {
    name: 'Dry run',
    id: 'dry-run',
    env: environment(choices(facts), tokens(facts)),
    run: `${release(facts)} --dry-run 2>&1 | tee "$RUNNER_TEMP/dry-run.txt"`,
  };
}

/** GitHub refuses summaries above 1 MiB. */
const show: YamlMap = {
  name: 'Show the dry run in the summary',
  if: "always() && steps.dry-run.outcome != 'skipped'",
  run: script(
    '{',
    "  printf '## Dry run\\n\\n~~~~~~diff\\n'",
    '  head -c 900000 "$RUNNER_TEMP/dry-run.txt"',
    "  printf '\\n~~~~~~\\n'",
    '} >> "$GITHUB_STEP_SUMMARY"',
  ),
};
