import type { WorkflowFacts } from '../workflow-facts';
import type { YamlMap } from '../write-yaml';
import { expression, script, toYaml } from './step';

/** What both jobs do first: the whole history, the tools, and the branch and the plans that are released. */
export function preparation(facts: WorkflowFacts, job: { readonly pushes: boolean }): YamlMap[] {
  const { packageManager, versions, tags, toolSetup } = facts;
  return [
    checkout(job.pushes),
    job.pushes ? isShown : sayWhich,
    ...(tags.length > 0 ? [standOnBranch] : []),
    ...packageManager.setup.map(toYaml),
    ...toolSetup.map(toYaml),
    { name: 'Install the tools of the workspace', run: packageManager.install },
    ...(job.pushes || versions === 'plans' ? [nameCommitter] : []),
    ...(versions === 'plans' ? [planSince(packageManager.exec)] : []),
  ];
}

/**
 * Baselines are tags and the commits behind them: of a shallow clone nobody could tell what changed. Without a name,
 * the action takes the commit of the event, which the release that this one waited for has left behind.
 */
function checkout(pushes: boolean): YamlMap {
  const more = pushes ? {} : { 'persist-credentials': false };
  return {
    name: 'Check out the history and all tags',
    uses: 'actions/checkout@v6',
    with: { ref: expression('github.ref'), 'fetch-depth': 0, ...more },
  };
}

const sayWhich: YamlMap = {
  name: 'Say which commit this is',
  id: 'head',
  run: 'echo "commit=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"',
};

/** What the dry run says, for the job of the release. */
export const shownCommit: YamlMap = { commit: expression('steps.head.outputs.commit') };

/** Nothing is released that the dry run did not show; and the commit of the release could not be pushed any more. */
const isShown: YamlMap = {
  name: 'See that this is the commit of the dry run',
  env: { SHOWN: expression('needs.dry-run.outputs.commit') },
  run: script(
    'if [ "$(git rev-parse HEAD)" != "$SHOWN" ]; then',
    '  echo "::error::something was pushed since the dry run showed $SHOWN: run this workflow again"',
    '  exit 1',
    'fi',
  ),
};

/** A tag is checked out without a branch, and the commit of the release has to go to one. */
const standOnBranch: YamlMap = {
  name: 'Stand on the branch that the tag is on',
  if: "github.ref_type == 'tag'",
  env: { BRANCH: expression('github.event.repository.default_branch') },
  run: script(
    'if [ "$(git rev-parse HEAD)" != "$(git rev-parse "refs/remotes/origin/$BRANCH")" ]; then',
    '  echo "::error::this tag is not on the last commit of $BRANCH, where the release is pushed to"',
    '  exit 1',
    'fi',
    'git switch --quiet --force-create "$BRANCH"',
  ),
};

const nameCommitter: YamlMap = {
  name: 'Name who commits',
  run: script(
    "git config user.name 'github-actions[bot]'",
    "git config user.email '41898282+github-actions[bot]@users.noreply.github.com'",
  ),
};

function planSince(exec: string): YamlMap {
  return {
    name: 'Plan what changed since from_ref',
    if: "inputs.from_ref != ''",
    env: { FROM_REF: expression('inputs.from_ref') },
    run: script(
      `${exec} nx g @forge/release:plan --from="$FROM_REF" --no-interactive`,
      'if [ -d .nx/version-plans ]; then',
      '  git add .nx/version-plans',
      "  git diff --cached --quiet || git commit --quiet --message 'chore: plan the release'",
      'fi',
    ),
  };
}
