import { clauseOf } from '../requirement';
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
