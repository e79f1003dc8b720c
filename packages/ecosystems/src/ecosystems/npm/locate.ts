import {
  ok,
  type ManifestPlaces,
  type Reader,
  type RequirementPlace,
  type Result,
  type Source,
} from '../../model';
import { parseJsonText } from '../../text';
import { findOffers } from './offers';
import { isObject } from './package-json';
import { findOverrides, findPlaces, type RequirementText } from './places';
import { factPlace } from './text-place';

/** Where a package.json says what it means, by the search that `planEdits` edits by. */
export function locateManifest(source: Source, reader: Reader): Result<ManifestPlaces> {
  const parsed = parseJsonText(source);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isObject(json)) return ok({ version: [], requirements: [] });
  const { version, requirements } = findPlaces(source, json, reader);
  const { inRoot, inCatalogs } = findOffers(source, json, reader);
  const untouched = findOverrides(source, json).map(requirementPlace);
  return ok({
    version: version ? [factPlace(version)] : [],
    requirements: [...requirements, ...inRoot, ...inCatalogs].map(requirementPlace),
    ...(untouched.length > 0 ? { untouched } : {}),
  });
}

function requirementPlace({
  name,
  place,
}: Pick<RequirementText, 'name' | 'place'>): RequirementPlace {
  return { name, ...factPlace(place) };
}
