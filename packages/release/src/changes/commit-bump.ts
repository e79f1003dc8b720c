import { isNamed } from '../configuration/match-projects';
import type { CommitConventions } from '../configuration/nx-release-groups';
import type { Commit } from '../effects/history';

/** Bumps that a change may ask for, from nothing to everything. */
export const levels = ['none', 'patch', 'minor', 'major'] as const;

export type Level = (typeof levels)[number];

/** What a commit says, by https://www.conventionalcommits.org; undefined for what follows no convention. */
interface Message {
  readonly type: string;
  readonly scopes: readonly string[];
  readonly isBreaking: boolean;
}

/**
 * What a commit asks for, for a project whose own files it touched, or (`isDirect` false) files of something that
 * is compiled into it: a patch at most, as Nx does for dependents. A scope that does not name the project makes it
 * indirect too, unless `useCommitScope` is false.
 */
export function commitLevel(
  commit: Pick<Commit, 'subject' | 'body'>,
  { project, isDirect }: { readonly project: string; readonly isDirect: boolean },
  conventions: CommitConventions,
): Level {
  const message = parseMessage(commit);
  if (!message) return 'none';
  const level = message.isBreaking ? 'major' : typeLevel(message.type, conventions);
  const { useCommitScope = true } = conventions;
  const isScoped =
    !useCommitScope ||
    message.scopes.length === 0 ||
    message.scopes.some((scope) => isNamed(project, scope));
  return level === 'none' || (isDirect && isScoped) ? level : 'patch';
}

export function highest(some: readonly Level[]): Level {
  return levels[Math.max(0, ...some.map((level) => levels.indexOf(level)))] ?? 'none';
}

function parseMessage({ subject, body }: Pick<Commit, 'subject' | 'body'>): Message | undefined {
  const [, type, scope, mark] = /^([^\s():!]+)(?:\s*\((.+)\))?(!)?: .+$/u.exec(subject) ?? [];
  const isReverting = /This reverts commit [\da-f]{40}\./.test(body);
  if (type === undefined && !isReverting) return undefined;
  return {
    type: isReverting ? 'revert' : (type ?? ''),
    scopes: scope?.split(',').map((each) => each.trim()) ?? [],
    isBreaking: mark !== undefined || body.includes('BREAKING CHANGE:'),
  };
}

/** The defaults of Nx 23: a type that is named in the settings bumps a patch unless they say otherwise. */
function typeLevel(type: string, { types = {} }: CommitConventions): Level {
  const usual: Level = type === 'feat' ? 'minor' : type === 'fix' ? 'patch' : 'none';
  const setting = Object.hasOwn(types, type) ? types[type] : undefined;
  if (setting === undefined) return usual;
  if (setting === false) return 'none';
  const asked = setting === true ? undefined : setting.semverBump;
  const fallback = usual === 'none' ? 'patch' : usual;
  return levels.find((level) => level === asked) ?? fallback;
}
