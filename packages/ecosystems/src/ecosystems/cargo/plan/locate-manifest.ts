import {
  ok,
  type FactPlace,
  type ManifestPlaces,
  type Reader,
  type RequirementPlace,
  type Result,
  type Source,
} from '../../../model';
import { byteSpan, parseToml } from '../../../text';
import { dotted } from '../manifest/key-path';
import { findPlaces, redirectPlaces, type TextPlace } from './places';
import { packageKey } from '../manifest/tables';

/** Where a Cargo.toml says what it means, by the search that `plan` edits by. */
export function locateManifest(source: Source, reader: Reader): Result<ManifestPlaces> {
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  const table = parsed.value;
  const { version, requirements, offers } = findPlaces(source, table, reader);
  const isVirtual = table[packageKey(table)] === undefined;
  const untouched = redirectPlaces(source, table, reader);
  return ok({
    version: version ? [isVirtual ? inherited(version) : factPlace(version)] : [],
    requirements: [...requirements, ...offers].map(requirementPlace),
    ...(untouched.length > 0 && { untouched: untouched.map(requirementPlace) }),
  });
}

function inherited(version: TextPlace): FactPlace {
  return { ...factPlace(version), fixed: 'it is set through the members that inherit it' };
}

function requirementPlace(place: TextPlace): RequirementPlace {
  return { name: place.name, ...factPlace(place) };
}

function factPlace({ source, path, span, fixed }: TextPlace): FactPlace {
  const [start, end] = [span?.contentStart ?? 0, span?.contentEnd ?? 0];
  return {
    file: source.file,
    ...(span && { span: byteSpan(source, start, end) }),
    text: span ? source.text.slice(start, end) : null,
    via: dotted(path),
    ...(fixed !== undefined && { fixed }),
  };
}
