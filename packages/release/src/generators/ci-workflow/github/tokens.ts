import type { WorkflowFacts } from '../workflow-facts';
import type { YamlMap } from '../write-yaml';
import { expression } from './step';

/** Tokens, for the steps that ask registries alone: other steps run programs of others. */
export function tokens({ secrets, showsReleases }: WorkflowFacts): YamlMap {
  return {
    ...Object.fromEntries(
      secrets.map(({ variable }) => [variable, expression(`secrets.${variable}`)]),
    ),
    ...(showsReleases ? { GITHUB_TOKEN: expression('github.token') } : {}),
  };
}

/** What was chosen by a person, as a variable: in a line for the shell it could be a program. */
export function choices({ versions }: WorkflowFacts): YamlMap {
  return versions === 'asked' ? { BUMP: expression('inputs.bump') } : {};
}

/** The variables of a step; undefined where it has none. */
export function environment(...parts: readonly YamlMap[]): YamlMap | undefined {
  const all: YamlMap = Object.assign({}, ...parts) as YamlMap;
  return Object.keys(all).length > 0 ? all : undefined;
}

/** Permission to ask GitHub for its word, only where somebody takes it. */
export function identity({ isVouchedFor }: WorkflowFacts): YamlMap {
  return isVouchedFor ? { 'id-token': 'write' } : {};
}

/** The command line of a release, without its options. */
export function release({ packageManager, versions }: WorkflowFacts): string {
  return `${packageManager.exec} forge-release run${versions === 'asked' ? ' "$BUMP"' : ''}`;
}
