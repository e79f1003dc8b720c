import type { WorkflowFacts } from '../workflow-facts';
import type { YamlMap } from '../write-yaml';
import { preparation } from './preparation';
import { expression, script } from './step';
import { choices, environment, identity, release, tokens } from './tokens';

/** The release: after the dry run, unless a person asked for the dry run alone. */
export function releaseJob(facts: WorkflowFacts): YamlMap {
  return {
    name: 'Release',
    needs: 'dry-run',
    if: '!inputs.dry_run',
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 180,
    environment: facts.environment,
    permissions: { contents: 'write', ...identity(facts) },
    // A variable of the repository that stops every release, without a change of this file.
    env: { FORGE_RELEASE_DRY_RUN: expression('vars.FORGE_RELEASE_DRY_RUN') },
    steps: [
      ...preparation(facts, { pushes: true }),
      ...carriedOut(facts),
      summary(facts.packageManager.exec),
      keep,
    ],
  };
}

/** What stopped for a moment's reason is gone on with; what was refused before the first step is refused again. */
function carriedOut(facts: WorkflowFacts): YamlMap[] {
  return [
    {
      name: 'Release',
      id: 'release',
      'continue-on-error': true,
      env: environment(choices(facts), tokens(facts)),
      run: `${release(facts)} --yes --push`,
    },
    {
      name: 'Go on where it stopped',
      if: "steps.release.outcome == 'failure'",
      env: environment(tokens(facts)),
      run: `${facts.packageManager.exec} forge-release resume`,
    },
  ];
}

function summary(exec: string): YamlMap {
  return {
    name: 'Show in the summary how the release stands',
    if: 'always()',
    run: script(
      `${exec} forge-release status --json > "$RUNNER_TEMP/status.json" || true`,
      "node --eval '",
      ...rendering.map((line) => `  ${line}`),
      '\' "$RUNNER_TEMP/status.json" >> "$GITHUB_STEP_SUMMARY"',
    ),
  };
}

/** Without single quotes, which end the program. Errors may have bars and line breaks, which end a cell. */
const rendering = [
  'const text = require("node:fs").readFileSync(process.argv[1], "utf8");',
  'const release = text && JSON.parse(text);',
  'const cell = (value = "") => String(value).replace(/[|\\s]+/g, " ");',
  'const row = (...values) => `| ${values.map(cell).join(" | ")} |`;',
  'const lines = release ? [',
  '  `## Release ${release.id}: ${release.standing}`, "",',
  '  row("package", "state", "where, or why not"), row("---", "---", "---"),',
  '  ...release.packages.map((each) => row(each.package, each.state, each.error ?? each.url)), "",',
  '  ...release.tags.map(({ name, isSet }) => `- tag ${name}: ${isSet ? "set" : "not set"}`),',
  '] : ["No release was begun."];',
  'console.log(lines.join("\\n"));',
];

/** What was done, step by step. `.forge` is hidden, and such files are left out unless they are asked for. */
const keep: YamlMap = {
  name: 'Keep the journal',
  if: 'always()',
  uses: 'actions/upload-artifact@v6',
  with: {
    name: `forge-release-${expression('github.run_id')}-${expression('github.run_attempt')}`,
    path: '.forge/releases',
    'include-hidden-files': true,
    'if-no-files-found': 'ignore',
    'retention-days': 90,
  },
};
