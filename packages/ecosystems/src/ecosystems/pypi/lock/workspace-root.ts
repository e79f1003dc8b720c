import { allFlat, type Edit, type Reader, type Result } from '../../../model';
import { parseToml } from '../../../text';
import { declaredDependencies } from '../dependencies';
import { normalizeName } from '../names';
import { requirementPlaces, type RequirementPlace } from '../places';
import { requirementEdit } from '../place-edits';
import { tableAt } from '../toml-access';
import type { LockFile } from './lock-file';

/**
 * The root of a workspace that is no package has no plan of its own, but may ask for its members (groups,
 * constraints, overrides of uv): what the new version of a member violates there would break the whole workspace.
 */
export function rootEdits(
  lock: LockFile,
  name: string,
  version: string,
  reader: Reader,
): Result<readonly Edit[]> {
  const places = rootPlaces(lock, reader).get(normalizeName(name)) ?? [];
  return allFlat(places.map((place) => requirementEdit(place, { version, policy: 'violated' })));
}

/** By normalised name, once per session. Empty where the root is a package. */
function rootPlaces(
  { directory, isUv }: LockFile,
  reader: Reader,
): ReadonlyMap<string, readonly RequirementPlace[]> {
  return reader.memo(`pypi:root:${directory}`, () => {
    const source = reader.read(
      directory === '.' ? 'pyproject.toml' : `${directory}/pyproject.toml`,
    );
    const document = source && parseToml(source);
    const byName = new Map<string, RequirementPlace[]>();
    if (!isUv || !source || !document?.ok || tableAt(document.value, ['project'])) return byName;
    const { declared } = declaredDependencies(document.value, directory);
    for (const place of requirementPlaces(source, declared, reader)) {
      const key = normalizeName(place.name);
      byName.set(key, [...(byName.get(key) ?? []), place]);
    }
    return byName;
  });
}
