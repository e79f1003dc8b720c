import { ok, type ManifestPlaces, type Reader, type Result, type Source } from '../../../model';
import type { Description } from '../cabal-file/description';
import { constraintPlaces, rangePlaces, versionPlaces } from './places';
import { templateAt } from '../hpack/plan-generated';
import { templateRanges, templateVersion } from '../hpack/template-places';
import { constraintsOn } from '../project/constraints';

/**
 * Behind the dependencies stand what components ask of their own package, the same once more where hpack has it
 * from, and what projects demand of the package.
 */
export function locate(
  source: Source,
  description: Description,
  templateFile: string | undefined,
  reader: Reader,
): Result<ManifestPlaces> {
  const { name } = description;
  const constraints = name ? constraintsOn(name.value, source.file, reader) : ok([]);
  if (!constraints.ok) return constraints;
  const template = templateFile === undefined ? ok(undefined) : templateAt(templateFile, reader);
  if (!template.ok) return template;
  return ok({
    version: [...templateVersion(template.value), ...versionPlaces(source, description)],
    requirements: [
      ...rangePlaces(source, description),
      ...templateRanges(template.value),
      ...constraintPlaces(name?.value ?? '', constraints.value),
    ],
  });
}
