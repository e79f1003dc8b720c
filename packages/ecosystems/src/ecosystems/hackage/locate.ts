import { ok, type ManifestPlaces, type Reader, type Result, type Source } from '../../model';
import type { Description } from './cabal-file/description';
import { constraintPlaces, rangePlaces, versionPlaces } from './places';
import { constraintsOn } from './project/constraints';

/** Behind the dependencies stand what components ask of their own package, and what projects demand of it. */
export function locate(
  source: Source,
  description: Description,
  reader: Reader,
): Result<ManifestPlaces> {
  const { name } = description;
  const constraints = name ? constraintsOn(name.value, source.file, reader) : ok([]);
  if (!constraints.ok) return constraints;
  return ok({
    version: versionPlaces(source, description),
    requirements: [
      ...rangePlaces(source, description),
      ...constraintPlaces(name?.value ?? '', constraints.value),
    ],
  });
}
