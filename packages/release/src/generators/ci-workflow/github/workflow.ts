import type { WorkflowFacts } from '../workflow-facts';
import { writeYaml, type YamlMap } from '../write-yaml';
import { dryRunJob } from './dry-run-job';
import { releaseJob } from './release-job';
import { triggers } from './triggers';

/** Where GitHub looks for it. */
export const workflowFile = '.github/workflows/release.yml';

const header =
  '# Written by `nx g @forge/release:ci-workflow`. It is yours: change what does not fit.\n';

/** The whole file. Nothing is permitted but what a job asks for; a release is never cut off by the next one. */
export function githubWorkflow(facts: WorkflowFacts): string {
  const parts: YamlMap[] = [
    { name: 'Release' },
    { on: triggers(facts) },
    { concurrency: { group: 'release', 'cancel-in-progress': false } },
    { permissions: {} },
    // Given by name, bash fails with the first program of a pipe that does.
    { defaults: { run: { shell: 'bash' } } },
    { jobs: { 'dry-run': dryRunJob(facts) } },
  ];
  const second = writeYaml({ jobs: { release: releaseJob(facts) } }).replace(/^jobs:\n/, '');
  return `${header}${parts.map(writeYaml).join('\n')}\n${second}`;
}
