import type { RequirementChange } from '../../../model';
import { clauseOf, rewriteClauses } from '../requirement';
import { compareVersions } from '../version-number';

/** As `Gem::Version#to_s` says it: a dash stands for `.pre.`. */
export function lockedVersion(version: string): string {
  return version.replaceAll('-', '.pre.');
}

/**
 * ` (~> 1.2, >= 1.2.3)` as Bundler writes a requirement: each string with its operator, the last in the order of
 * bytes first; nothing for `>= 0` (`Gem::Dependency#to_lock`, Bundler 2.3 to 2.6). Undefined for what is computed.
 */
export function lockedRequirement(texts: readonly (string | null)[]): string | undefined {
  const clauses = [...new Set(texts)].map((text) => (text === null ? null : clauseOf(text)));
  if (clauses.includes(null)) return undefined;
  const known = clauses.flatMap((clause) => clause ?? []);
  const [first] = known;
  const none = first?.operator === '>=' && compareVersions(first.version, '0') === 0;
  if (!first || (none && known.length === 1)) return '';
  const spelled = known.map(({ operator, version }) => `${operator} ${lockedVersion(version)}`);
  return ` (${spelled.sort().reverse().join(', ')})`;
}

/** A locked requirement as it reads once it accepts a version; the same where nobody can tell. */
export function movedRequirement(
  locked: string,
  { version, policy }: Pick<RequirementChange, 'version' | 'policy'>,
): string {
  if (locked === '') return locked;
  const clauses = locked.slice(' ('.length, -')'.length).split(', ');
  const moved = rewriteClauses(clauses, version, policy);
  return (moved.ok ? lockedRequirement(moved.value) : undefined) ?? locked;
}
