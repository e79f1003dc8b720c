import type { WorkflowFacts } from './workflow-facts';

/** What has to be set up beside the file, for people. */
export function describeWorkflow(facts: WorkflowFacts, file: string): string {
  const { secrets, trusted, environment, versions } = facts;
  const place = environment === undefined ? 'the repository' : `the environment \`${environment}\``;
  const lines = [
    ...(secrets.length > 0 ? [`Secrets to set in ${place}:`] : []),
    ...secrets.map(({ variable, registry, url }) =>
      ['  ', variable, ` for ${registry}`, url === undefined ? '' : `: ${url}`].join(''),
    ),
    ...(trusted.length > 0
      ? [`Register this repository and \`${file}\` as a trusted publisher of each package at:`]
      : []),
    ...trusted.map(({ title }) => `  ${title}`),
    'Let GitHub Actions push to the branch of a release: its commit and tags go there.',
    ...advice(versions),
  ];
  return lines.join('\n');
}

function advice(versions: WorkflowFacts['versions']): readonly string[] {
  if (versions !== 'asked') return [];
  return [
    'A person starts each release and says the bump. With `versionPlans` in nx.json, merged plans start it.',
  ];
}
