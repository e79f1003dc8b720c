import { ForgeError } from '../../../errors';
import type { Source } from '../../../model';
import { located, unitOffset } from '../../../text';
import type { DependencyPlaces, VersionPlace } from '../places';
import type { Location } from '../ruby/prism';
import type { Value } from '../ruby/value';

/** FORGE-M024 for a version that is another manifest's, FORGE-M007 for one that is computed, or has no room. */
export function versionRefusal(
  source: Source,
  { value, place, fixed, literals }: VersionPlace,
  version: string,
): ForgeError {
  const followed = literals.find(({ kind }) => kind === 'followed');
  const reason = fixed ?? 'its parts have no room for it';
  const what = `the version in \`${source.file}\` cannot be set to \`${version}\`: ${reason}`;
  return new ForgeError(followed ? 'FORGE-M024' : 'FORGE-M007', {
    what,
    ...framed(value, source, place),
  });
}

/** FORGE-M008 */
export function requirementRefusal(
  { name, from }: DependencyPlaces,
  wish: { readonly version: string; readonly value?: Value; readonly reason: string },
): ForgeError {
  const what = `the requirement on \`${name}\` in \`${from.source.file}\` cannot be made to accept \`${wish.version}\`: ${wish.reason}`;
  return new ForgeError('FORGE-M008', { what, ...framed(wish.value, from.source, from.place) });
}

/** FORGE-M020 for a text that other dependencies have, too, and that would not suit all of them. */
export function sharedRefusal(
  { name, from }: DependencyPlaces,
  version: string,
  users: ReadonlySet<string | null>,
): ForgeError {
  const others = [...users].filter((each) => each !== name).map((each) => each ?? '…');
  const named = others.map((each) => `\`${each}\``).join(', ');
  const what = `the text of the requirement on \`${name}\` in \`${from.source.file}\` is also that of ${named}, which need another one than \`${name} ${version}\``;
  return new ForgeError('FORGE-M020', { what, ...framed(undefined, from.source, from.place) });
}

/** FORGE-M025 for a requirement that goes with the gem's own version while the dependency does not. */
export function lockStepRefusal(
  { name, from }: DependencyPlaces,
  version: string,
  clause: string,
): ForgeError {
  const what = `the requirement on \`${name}\` in \`${from.source.file}\` is made of the own version and will be \`${clause}\`, which \`${version}\` does not satisfy`;
  return new ForgeError('FORGE-M025', { what, ...framed(undefined, from.source, from.place) });
}

/** The same problem with the place at which a dependency stands. */
export function atDependency(problem: ForgeError, { from }: DependencyPlaces): ForgeError {
  const { code, what } = problem;
  return new ForgeError(code, { what, ...framed(undefined, from.source, from.place) });
}

/** What is computed shows the expression that nobody can tell, wherever it stands. */
function framed(
  value: Value | undefined,
  source: Source,
  place: Location,
): ReturnType<typeof located> {
  const at = value?.kind === 'unknown' ? value : { source, place };
  const start = unitOffset(at.source, at.place.startOffset);
  const end = unitOffset(at.source, at.place.startOffset + at.place.length);
  return located(at.source, start, Math.max(1, end - start));
}
