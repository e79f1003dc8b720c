import type { DependencyKind, Reader, Source } from '../../model';
import { jsonSpans, type JsonPath, type JsonSpans } from '../../text';
import { findCatalogs, type CatalogEntry } from './catalogs';
import { readEntry } from './dependency';
import { dependencyEntries } from './dependency-entries';
import { readOverrides } from './overrides';
import type { JsonObject } from './package-json';
import { fixedPlace, jsonPlace, type TextPlace } from './text-place';

/** A text that states a requirement, and how lock files know it. */
export interface RequirementText {
  /** Registry name of the package. */
  readonly name: string;
  readonly kind: DependencyKind;
  readonly place: TextPlace;
  /** The table of a manifest, or the name of a catalog. */
  readonly in: { readonly section: string } | { readonly catalog: string };
  readonly key: string;
}

/** Every text that a change of a package.json may have to edit, for showing and for editing. */
export interface PackagePlaces {
  readonly version?: TextPlace;
  /** Of every dependency, in the order of reading; several where several catalogs state one. */
  readonly requirements: readonly RequirementText[];
}

export function findPlaces(source: Source, json: JsonObject, reader: Reader): PackagePlaces {
  const spans = jsonSpans(source);
  const version = textAt(source, spans, ['version']);
  const catalogs = () => findCatalogs(source.file, reader);
  const requirements = dependencyEntries(json).entries.flatMap((entry) => {
    const { section, kind, key, path } = entry;
    const { dependency, inCatalogs } = readEntry(source.file, entry, catalogs);
    const fixed = dependency.requirement === null ? 'it is given by a path' : dependency.fixed;
    const hold = (text: RequirementText): RequirementText =>
      fixed === undefined ? text : { ...text, place: fixedPlace(text.place, fixed) };
    const { name } = dependency;
    if (inCatalogs.length > 0)
      return inCatalogs.map((each) => hold(inCatalog(each, { name, kind })));
    const place = textAt(source, spans, path);
    return place ? [hold({ name, kind, place, in: { section }, key })] : [];
  });
  return { ...(version ? { version } : {}), requirements };
}

export function inCatalog(
  entry: CatalogEntry,
  { name, kind }: Pick<RequirementText, 'name' | 'kind'>,
): RequirementText {
  const { catalog, key } = entry;
  return { name, kind, place: entry.place(), in: { catalog }, key };
}

/** Texts that speak of packages and that no release edits. */
export function findOverrides(
  source: Source,
  json: JsonObject,
): readonly Pick<RequirementText, 'name' | 'place'>[] {
  const spans = jsonSpans(source);
  return readOverrides(json).flatMap(({ name, path, fixed }) => {
    const place = textAt(source, spans, path);
    return place ? [{ name, place: fixedPlace(place, fixed) }] : [];
  });
}

function textAt(source: Source, spans: JsonSpans, path: JsonPath): TextPlace | undefined {
  const span = spans.find(path);
  return typeof span?.value === 'string' ? jsonPlace(source, span, path.join('.')) : undefined;
}
