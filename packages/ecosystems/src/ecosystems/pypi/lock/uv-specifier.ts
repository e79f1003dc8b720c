import { compare } from '@renovatebot/pep440';
import { clausesOf, parseRequirement } from '../requirement-text';
import { partsOf } from '../version-parts';

/** A specifier as uv 0.13 writes it into its lock file: versions normalised, clauses by version, no blanks. */
export function uvSpecifier(requirement: string): string | undefined {
  const parsed = parseRequirement(requirement);
  if (!parsed.ok || parsed.value.length !== 1) return undefined;
  return parsed.value
    .flatMap((branch) => clausesOf(branch))
    .sort((a, b) => compare(a.version, b.version))
    .map(({ operator, version, wildcard }) => {
      const normal = partsOf(version)?.normal ?? version;
      return `${operator}${normal}${wildcard ? '.*' : ''}`;
    })
    .join(',');
}
