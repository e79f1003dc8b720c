import type { Source } from '../../../model';
import type { TextPlace } from '../text-place';

/** A requirement that many packages take by `catalog:` or `catalog:name`. */
export interface CatalogEntry {
  /** `default` for the one without a name. */
  readonly catalog: string;
  readonly key: string;
  readonly value: string;
  /** Looked for with the first edit: reading a manifest needs the value alone. */
  place(): TextPlace;
}

export interface CatalogFile {
  readonly source: Source;
  readonly entries: readonly CatalogEntry[];
  /** True for a file that cannot be parsed, so that nobody knows its entries. */
  readonly isBroken?: true;
}

/** Where catalogs stand in a file: `catalog` is the default one, the members of `catalogs` have names. */
export function catalogPaths(
  catalogs: readonly string[],
): readonly { readonly catalog: string; readonly path: readonly string[] }[] {
  return [
    { catalog: 'default', path: ['catalog'] },
    ...catalogs.map((catalog) => ({ catalog, path: ['catalogs', catalog] })),
  ];
}
