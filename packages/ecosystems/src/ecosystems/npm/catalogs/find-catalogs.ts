import { posix } from 'node:path';
import type { Reader } from '../../../model';
import type { CatalogEntry, CatalogFile } from './catalog-file';
import { readPackageJsonCatalogs } from './package-json-catalogs';
import { readYamlCatalogs } from './yaml-catalogs';

/** All catalogs of a workspace. Where two files have them, for two package managers, both count. */
export interface Catalogs {
  readonly files: readonly string[];
  readonly entries: readonly CatalogEntry[];
  /** The file that cannot be parsed, where there is one. */
  readonly broken?: string;
  find(catalog: string, key: string): readonly CatalogEntry[];
}

/** Of the nearest directory above a manifest, its own included, that has catalogs or a pnpm-workspace.yaml. */
export function findCatalogs(file: string, reader: Reader): Catalogs | undefined {
  return catalogsAbove(posix.dirname(file), reader);
}

function catalogsAbove(directory: string, reader: Reader): Catalogs | undefined {
  return reader.memo(`npm:catalogs:${directory}`, () => {
    const files = catalogFiles(directory, reader);
    if (files.length > 0) return join(files);
    const above = posix.dirname(directory);
    return above === directory || directory === '.' ? undefined : catalogsAbove(above, reader);
  });
}

function catalogFiles(directory: string, reader: Reader): CatalogFile[] {
  const read = (name: string, parse: (source: CatalogFile['source']) => CatalogFile) => {
    const source = reader.read(posix.join(directory, name));
    return source ? [parse(source)] : [];
  };
  const hasAny = ({ entries, isBroken }: CatalogFile): boolean =>
    entries.length > 0 || isBroken === true;
  return [
    ...read('pnpm-workspace.yaml', readYamlCatalogs),
    ...read('.yarnrc.yml', readYamlCatalogs).filter(hasAny),
    ...read('package.json', readPackageJsonCatalogs).filter(hasAny),
  ];
}

function join(files: readonly CatalogFile[]): Catalogs {
  const entries = files.flatMap((file) => file.entries);
  const byName = new Map<string, CatalogEntry[]>();
  for (const entry of entries) {
    const name = `${entry.catalog}\0${entry.key}`;
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  const broken = files.find(({ isBroken }) => isBroken);
  return {
    files: files.map(({ source }) => source.file),
    entries,
    ...(broken ? { broken: broken.source.file } : {}),
    find: (catalog, key) => byName.get(`${catalog}\0${key}`) ?? [],
  };
}
