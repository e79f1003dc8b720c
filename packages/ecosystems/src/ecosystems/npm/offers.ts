import { posix } from 'node:path';
import type { Reader, Source } from '../../model';
import { parseJsonText } from '../../text';
import { findCatalogs } from './catalogs';
import { isObject, type JsonObject } from './package-json';
import { findPlaces, inCatalog, type RequirementText } from './places';
import { isRoot, readManifest } from './read-manifest';
import { requirement } from './requirement';
import { parseSpecifier } from './specifier';

/**
 * What the workspace says of a package apart from its members: catalogs, used or not, and the tables of a root that
 * is no package, whose requirements nobody else would move. Only what takes the package as it is now: a root may
 * well ask for a version that was published before, and gets that from the registry.
 */
export function findOffers(
  source: Source,
  json: JsonObject,
  reader: Reader,
): {
  readonly inRoot: readonly RequirementText[];
  readonly inCatalogs: readonly RequirementText[];
} {
  const { name, version } = json;
  if (typeof name !== 'string' || typeof version !== 'string')
    return { inRoot: [], inCatalogs: [] };
  const takes = ({ place }: RequirementText): boolean => {
    const taken = requirement.satisfies(place.text, version);
    return taken.ok && taken.value;
  };
  const catalogs = catalogTexts(source.file, reader).get(name) ?? [];
  const root = rootTexts(posix.dirname(source.file), reader)?.get(name) ?? [];
  return { inRoot: root.filter(takes), inCatalogs: catalogs.filter(takes) };
}

type TextsByName = ReadonlyMap<string, readonly RequirementText[]>;

function catalogTexts(file: string, reader: Reader): TextsByName {
  const catalogs = findCatalogs(file, reader);
  if (!catalogs) return new Map();
  return reader.memo(`npm:catalog-texts:${catalogs.files[0]}`, () =>
    byName(
      catalogs.entries.map((entry) => {
        const specifier = parseSpecifier(entry.value);
        const target = specifier.kind === 'range' ? specifier.target : undefined;
        return inCatalog(entry, { name: target ?? entry.key, kind: 'runtime' });
      }),
    ),
  );
}

/** Of the nearest workspace root above a member, if it is no package itself. */
function rootTexts(directory: string, reader: Reader): TextsByName | undefined {
  const above = posix.dirname(directory);
  if (above === directory) return undefined;
  return reader.memo(`npm:root:${above}`, () => {
    const source = reader.read(posix.join(above, 'package.json'));
    const parsed = source && parseJsonText(source);
    const json = parsed?.ok ? parsed.value : undefined;
    if (!source || !isObject(json) || !isRoot(source.file, json, reader))
      return rootTexts(above, reader);
    const root = readManifest(source, reader);
    const isPackage = !root.ok || root.value !== null;
    const own = isPackage ? [] : findPlaces(source, json, reader).requirements;
    return byName(own.filter((text) => 'section' in text.in));
  });
}

function byName(texts: readonly RequirementText[]): TextsByName {
  const groups = new Map<string, RequirementText[]>();
  for (const text of texts) {
    const group = groups.get(text.name);
    if (group) group.push(text);
    else groups.set(text.name, [text]);
  }
  return groups;
}
