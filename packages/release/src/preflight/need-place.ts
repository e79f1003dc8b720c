import {
  codeFrame,
  located,
  placeAtByte,
  type Dependency,
  type Place,
  type Reader,
  type Source,
} from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';

export interface NeedPlace {
  readonly where: Place;
  readonly frame?: string;
}

/**
 * Where a dependency stands, for people: its requirement by the search that edits go by; for one that is given by a
 * path alone, the line that names it.
 */
export function needPlace(
  { manifest, ecosystem }: PackageNode,
  dependency: Dependency | undefined,
  reader: Reader | undefined,
): NeedPlace {
  const where = { file: manifest.file };
  const source = dependency && reader?.read(manifest.file);
  if (!reader || !source || !dependency) return { where };
  const places = ecosystem.format.locate(source, reader);
  const index = manifest.dependencies.indexOf(dependency);
  const place = places.ok ? places.value.requirements[index] : undefined;
  const holder = place && reader.read(place.file);
  if (!holder || !place.span) return namedLine(source, dependency) ?? { where };
  const found = { ...placeAtByte(holder, place.span.start), length: place.text?.length ?? 1 };
  return { where: found, frame: codeFrame(holder, found) };
}

function namedLine(source: Source, { name, alias = name }: Dependency): NeedPlace | undefined {
  const escaped = alias.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const line = new RegExp(
    String.raw`^(?![ \t]*(?:#|--|//|name\b|"name")).*?(?<![\w-])${escaped}(?![\w-])`,
    'm',
  );
  const found = line.exec(source.text);
  if (!found) return undefined;
  return located(source, found.index + found[0].length - alias.length, alias.length);
}
