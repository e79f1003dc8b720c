import {
  ok,
  type FactPlace,
  type ManifestPlaces,
  type Reader,
  type Result,
  type Source,
} from '../../model';
import { byteOffsets } from '../../text';
import { factsOf } from './facts';
import type { Place } from './place';

const nowhere: ManifestPlaces = { version: [], requirements: [] };

/** `ManifestFormat.locate`. */
export function locate(source: Source, reader: Reader): Result<ManifestPlaces> {
  const facts = factsOf(source, reader);
  if (!facts.ok) return facts;
  if (!facts.value) return ok(nowhere);
  const { version, dependencies } = facts.value;
  const toBytes = converters();
  return ok({
    version: [factPlace(version, toBytes)],
    requirements: dependencies.map(({ dependency, place }) => ({
      name: dependency.name,
      ...(place ? factPlace(place, toBytes) : unstated(source, dependency.section)),
    })),
  });
}

type ToByte = (unit: number) => number;

/** One converter per file. */
function converters(): (source: Source) => ToByte {
  const known = new Map<Source, ToByte>();
  return (source) => {
    const toByte = known.get(source) ?? byteOffsets(source);
    known.set(source, toByte);
    return toByte;
  };
}

function factPlace(place: Place, toBytes: (source: Source) => ToByte): FactPlace {
  const { source, via, value, content, fixed } = place;
  const toByte = toBytes(source);
  return {
    file: source.file,
    ...(content ? { span: { start: toByte(content.start), end: toByte(content.end) } } : {}),
    text: content ? value : null,
    via,
    ...(fixed === undefined ? {} : { fixed }),
  };
}

function unstated({ file }: Source, via: string): FactPlace {
  return { file, text: null, via, fixed: 'there is no requirement' };
}
