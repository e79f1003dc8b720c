import { ForgeError } from '@forge/ecosystems';
import type { Triggers } from '../configuration/triggers';
import type { NxProjects, ReleaseGroup } from './release-group';

/** FORGE-C012 for every release group and every project that a trigger names and that is not there. */
export function triggerProblems({
  triggers,
  groups,
  nx,
}: {
  readonly triggers: Triggers;
  readonly groups: readonly ReleaseGroup[];
  readonly nx: NxProjects;
}): ForgeError[] {
  const groupNames = groups.map(({ name }) => name);
  return Object.entries(triggers).flatMap(([group, { on = [] }]) => [
    ...(groupNames.includes(group) ? [] : [unknown('a release group', group, groupNames)]),
    ...on
      .filter((name) => !nx.roots.has(name))
      .map((name) => unknown('a project', name, [...nx.roots.keys()])),
  ]);
}

function unknown(what: string, name: string, known: readonly string[]): ForgeError {
  const list = [...known].sort().map((each) => `\`${each}\``);
  return new ForgeError('FORGE-C012', {
    what: `a trigger in nx.json names \`${name}\`, which is not ${what}`,
    where: { file: 'nx.json' },
    fix: `use ${what} of this workspace: ${list.join(', ')}`,
  });
}
