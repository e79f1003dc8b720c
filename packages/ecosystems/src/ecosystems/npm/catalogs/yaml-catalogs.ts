import type { Source } from '../../../model';
import { parseYaml } from '../../../text';
import { yamlPlace } from '../text-place';
import { catalogPaths, type CatalogFile } from './catalog-file';

/** `catalog` and `catalogs` of pnpm-workspace.yaml (pnpm 9.5) and of .yarnrc.yml (yarn 4.10). */
export function readYamlCatalogs(source: Source): CatalogFile {
  const parsed = parseYaml(source);
  if (!parsed.ok) {
    const isEmpty = parsed.problems.some(({ code }) => code === 'FORGE-M001');
    return { source, entries: [], ...(isEmpty ? {} : { isBroken: true }) };
  }
  const document = parsed.value;
  const names = document.members(['catalogs']).map(({ key }) => key);
  const entries = catalogPaths(names).flatMap(({ catalog, path }) =>
    document.members(path).flatMap(({ key, span }) => {
      if (span.text === undefined) return [];
      const place = () => yamlPlace(source, span, [...path, key].join('.'));
      return [{ catalog, key, value: span.text, place }];
    }),
  );
  return { source, entries };
}
