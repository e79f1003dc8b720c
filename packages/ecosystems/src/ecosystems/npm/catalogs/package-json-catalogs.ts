import type { Source } from '../../../model';
import { jsonSpans, parseJsonText, type JsonSpan } from '../../../text';
import { isObject, type JsonObject } from '../package-json';
import { jsonPlace } from '../text-place';
import { catalogPaths, type CatalogEntry, type CatalogFile } from './catalog-file';

/** bun (1.3) reads `catalog` and `catalogs` of the root manifest inside `workspaces` and beside it. */
const holders = [['workspaces'], []];

export function readPackageJsonCatalogs(source: Source): CatalogFile {
  const parsed = parseJsonText(source);
  const json = parsed.ok ? parsed.value : undefined;
  const entries = holders.flatMap((holder) => {
    const table = holder.reduce<unknown>(member, json);
    return isObject(table) ? entriesIn(source, table, holder) : [];
  });
  return { source, entries };
}

function entriesIn(source: Source, table: JsonObject, holder: readonly string[]): CatalogEntry[] {
  const named = table['catalogs'];
  const paths = catalogPaths(isObject(named) ? Object.keys(named) : []);
  return paths.flatMap(({ catalog, path }) =>
    Object.entries(path.reduce<unknown>(member, table) ?? {}).flatMap(([key, value]) => {
      if (typeof value !== 'string') return [];
      const whole = [...holder, ...path, key];
      const place = () =>
        jsonPlace(source, jsonSpans(source).find(whole) as JsonSpan, whole.join('.'));
      return [{ catalog, key, value, place }];
    }),
  );
}

function member(table: unknown, key: string): unknown {
  return isObject(table) ? table[key] : undefined;
}
