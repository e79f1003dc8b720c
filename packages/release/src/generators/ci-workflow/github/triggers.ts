import type { WorkflowFacts } from '../workflow-facts';
import type { YamlMap } from '../write-yaml';

const dryRun = {
  description: 'Show what would be released, and release nothing',
  type: 'boolean',
  default: true,
};

const bump = {
  description: 'The kind of version that everything gets',
  type: 'choice',
  options: ['patch', 'minor', 'major', 'prerelease'],
  default: 'patch',
};

const fromReference = {
  description: 'Plan what changed since this branch, tag or commit; empty: what is planned already',
  type: 'string',
  default: '',
};

/**
 * A person, always; beside it tags, or version plans that are merged. The commit of a release takes its plans away,
 * which is a change of these paths, too: that run finds nothing due.
 */
export function triggers({ versions, tags, defaultBranch }: WorkflowFacts): YamlMap {
  const inputs = {
    dry_run: dryRun,
    bump: versions === 'asked' ? bump : undefined,
    from_ref: versions === 'plans' ? fromReference : undefined,
  };
  return { workflow_dispatch: { inputs }, push: pushed(tags, versions, defaultBranch) };
}

function pushed(
  tags: WorkflowFacts['tags'],
  versions: WorkflowFacts['versions'],
  branch: string,
): YamlMap | undefined {
  if (tags.length > 0) return { tags };
  return versions === 'plans' ? { branches: [branch], paths: ['.nx/version-plans/**'] } : undefined;
}
