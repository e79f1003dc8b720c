import { posix } from 'node:path';
import type { Dependency, Reader, Source } from '../../model';
import { isInUmbrella, kindOf, localPath, type DependencyEntry } from './dependency-entry';
import type { Expression } from './elixir/syntax';
import { findText } from './elixir/text-value';
import { isSameText, placeOf, type Place } from './place';

/** A dependency, and where its requirement is stated. */
export interface StatedDependency {
  readonly dependency: Dependency;
  /** Absent where there is no requirement. */
  readonly place?: Place;
}

/** A dependency of `deps:`. Its requirement may be made from the version of the package itself. */
export function stateDependency(
  entry: DependencyEntry,
  source: Source,
  version: Place | undefined,
  reader: Reader,
): StatedDependency {
  const { name, app } = entry;
  const path = localPath(entry, posix.dirname(source.file));
  const place =
    entry.requirementAt && requirementPlace(entry.requirementAt, entry, source, version, reader);
  const { value = null, fixed } = place ?? {};
  return {
    dependency: {
      name,
      ...(app === name ? {} : { alias: app }),
      kind: kindOf(entry),
      section: 'deps',
      requirement: value,
      ...(fixed === undefined ? {} : { fixed }),
      ...(path === undefined ? {} : { path }),
      ...(isInUmbrella(entry) ? { internal: true } : {}),
    },
    ...(place ? { place } : {}),
  };
}

function requirementPlace(
  at: Expression,
  { app, scope }: DependencyEntry,
  source: Source,
  version: Place | undefined,
  reader: Reader,
): Place {
  const stated = { source, reader, via: `deps.${app}` };
  const value = findText(at, scope);
  const place = placeOf(value, stated);
  if (!version) return place;
  if (isSameText(place, version)) {
    const { content: _, ...rest } = place;
    return { ...rest, fixed: 'it is the version of this package', follows: (own) => own };
  }
  const parts = (value.from === 'joined' ? value.parts : []).map((part) =>
    typeof part === 'string' ? part : placeOf(part, stated),
  );
  const isOwn = (part: string | Place): boolean =>
    typeof part !== 'string' && isSameText(part, version);
  if (!parts.some(isOwn)) return place;
  const follows = (own: string): string =>
    parts
      .map((part) => (typeof part === 'string' ? part : isOwn(part) ? own : (part.value ?? '')))
      .join('');
  return { ...place, fixed: 'it is made from the version of this package', follows };
}
