import {
  ok,
  type FactPlace,
  type ManifestPlaces,
  type Reader,
  type Result,
  type Source,
} from '../../model';
import { byteSpan } from '../../text';
import { factsOf } from './facts';
import type { Place } from './place';

const nowhere: ManifestPlaces = { version: [], requirements: [] };

/** `ManifestFormat.locate`. */
export function locate(source: Source, reader: Reader): Result<ManifestPlaces> {
  const facts = factsOf(source, reader);
  if (!facts.ok) return facts;
  if (!facts.value) return ok(nowhere);
  const { version, dependencies } = facts.value;
  return ok({
    version: [factPlace(version)],
    requirements: dependencies.map(({ dependency, place }) => ({
      name: dependency.name,
      ...(place ? factPlace(place) : unstated(source, dependency.section)),
    })),
  });
}

function factPlace(place: Place): FactPlace {
  const { source, via, value, content, fixed } = place;
  return {
    file: source.file,
    ...(content ? { span: byteSpan(source, content.start, content.end) } : {}),
    text: content ? value : null,
    via,
    ...(fixed === undefined ? {} : { fixed }),
  };
}

function unstated({ file }: Source, via: string): FactPlace {
  return { file, text: null, via, fixed: 'there is no requirement' };
}
