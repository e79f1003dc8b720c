import { compare } from '@renovatebot/pep440';
import type { Clause } from '../requirement-clause';
import { clausesOf, parseRequirement } from '../requirement-text';
import { increment, partsOf, spell, type Parts } from '../version-parts';

/**
 * A requirement as Poetry 2.5 writes it where it has understood it: bounds from the lowest to the highest, `~=`, `^`
 * and `~` as bounds (`~=1.2.0` is `>=1.2.0,<1.3.0`). Undefined for what it would simplify or write in another way.
 */
export function poetrySpecifier(requirement: string): string | undefined {
  const parsed = parseRequirement(requirement);
  const [branch, ...others] = parsed.ok ? parsed.value : [];
  if (!branch || others.length > 0) return undefined;
  const clauses = clausesOf(branch);
  const bounds = clauses.map(boundsOf);
  if (bounds.includes(undefined)) return undefined;
  const all = (bounds as Bound[][]).flat();
  const isSimple = ['>', '!', '<', '='].every((kind) => all.filter(isOf(kind)).length < 2);
  if (!isSimple || (all.some(isOf('=')) && all.length > 1)) return undefined;
  return all
    .sort((a, b) => compare(a.version, b.version))
    .map(({ text }) => text)
    .join(',');
}

/** The version alone that Poetry writes for `==1.2.0` of a package that it depends on. */
export function poetryExact(requirement: string): string | undefined {
  return /^==([^=*,]+)$/.exec(poetrySpecifier(requirement) ?? '')?.[1];
}

interface Bound {
  readonly text: string;
  readonly version: string;
}

function isOf(kind: string): (bound: Bound) => boolean {
  return ({ text }) => text.startsWith(kind);
}

function boundsOf({ operator, version, wildcard }: Clause): Bound[] | undefined {
  const parts = partsOf(version);
  if (!parts) return undefined;
  const bound = (sign: string, text = parts.normal): Bound => ({
    text: sign + text,
    version: text,
  });
  if (wildcard)
    return operator === '==' ? [{ ...bound('=='), text: `==${parts.base}.*` }] : undefined;
  if (['>=', '>', '<', '<=', '!=', '=='].includes(operator)) return [bound(operator)];
  const upper = upperOf(operator, parts);
  return upper === undefined ? undefined : [bound('>='), bound('<', upper)];
}

/** Poetry keeps the number of parts: below `1.2` comes `2.0`, below `1.2.0` comes `1.3.0`. */
function upperOf(operator: string, { epoch, release }: Parts): string | undefined {
  const last = release.length - 1;
  const nonZero = release.findIndex((part) => part > 0);
  const positions: Readonly<Record<string, number | undefined>> = {
    '~=': last === 1 || last === 2 ? last - 1 : undefined,
    '^': nonZero < 0 ? last : nonZero,
    '~': Math.min(1, last),
  };
  const position = positions[operator];
  if (position === undefined || last > 2) return undefined;
  const raised = increment(release, position);
  return spell(epoch, [...raised, ...release.slice(raised.length).map(() => 0)]);
}
