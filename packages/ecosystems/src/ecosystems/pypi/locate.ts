import {
  ok,
  type FactPlace,
  type ManifestPlaces,
  type Reader,
  type Result,
  type Source,
} from '../../model';
import { byteSpan } from '../../text';
import { placesOf, shownVersions, type Place } from './places';
import { readProject } from './read-manifest';

/** Where a project says what it means. */
export function locate(source: Source, reader: Reader): Result<ManifestPlaces> {
  const read = readProject(source, reader);
  if (!read.ok) return read;
  if (read.value === null) return ok({ version: [], requirements: [] });
  const { version, requirements } = placesOf(read.value, reader);
  return ok({
    version: [...version, ...shownVersions(read.value, reader)].map(factPlace),
    requirements: requirements.map((place) => ({ ...factPlace(place), name: place.name })),
  });
}

function factPlace({ source, via, text, span, fixed }: Place): FactPlace {
  return {
    file: source.file,
    via,
    text,
    ...(span && { span: byteSpan(source, span.start, span.end) }),
    ...(fixed !== undefined && { fixed }),
  };
}
