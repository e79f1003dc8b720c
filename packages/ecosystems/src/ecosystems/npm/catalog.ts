import { posix } from 'node:path';
import type { Reader, Source } from '../../model';

export interface CatalogEntry {
  readonly value: string;
  /** Offsets into the text of pnpm-workspace.yaml, without quotes. */
  readonly start: number;
  readonly end: number;
}

/** The catalogs of pnpm (10): `catalog:` is the default one, `catalogs.<name>:` are the others. */
export interface Catalogs {
  readonly source: Source;
  find(catalog: string, name: string): CatalogEntry | undefined;
}

/** Of the nearest pnpm-workspace.yaml above a manifest. A broken one has no entries. */
export function findCatalogs(file: string, reader: Reader): Catalogs | undefined {
  const directory = posix.dirname(file);
  return reader.memo(`npm:catalogs:${directory}`, () => {
    const source = reader.read(posix.join(directory, 'pnpm-workspace.yaml'));
    if (source) return parseCatalogs(source);
    return directory === '.' ? undefined : findCatalogs(directory, reader);
  });
}

function parseCatalogs(source: Source): Catalogs {
  // Loaded here: most workspaces have no catalog.
  const { isAlias, isScalar, parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(source.text);
  return {
    source,
    find(catalog, name) {
      const paths = [
        ...(catalog === 'default' ? [['catalog', name]] : []),
        ['catalogs', catalog, name],
      ];
      for (const path of document.errors.length > 0 ? [] : paths) {
        const found: unknown = document.getIn(path, true);
        const node = isAlias(found) ? found.resolve(document) : found;
        if (!isScalar(node) || typeof node.value !== 'string' || !node.range) continue;
        const [start, end] = node.range;
        const quote = node.type === 'PLAIN' ? 0 : 1;
        return { value: node.value, start: start + quote, end: end - quote };
      }
      return undefined;
    },
  };
}
