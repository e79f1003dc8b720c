import type { TomlTable } from '../../text';
import { isTable, valueAt } from './manifest/tables';
import type { CrateArchive } from './registry/archive';

/** What a packed crate has for those who depend on it or install it. */
export interface CrateOffers {
  readonly library: boolean;
  readonly binaries: boolean;
  /** Every feature that a dependent may name, `default` left out. */
  readonly features: readonly string[];
}

/** cargo 1.83 and later spell all targets out when they pack; before, files alone could make one. */
export function offersOf({ manifest, files }: CrateArchive): CrateOffers {
  const paths = [...files.keys()];
  const stated = manifest['bin'];
  const binaries =
    (Array.isArray(stated) && stated.length > 0) ||
    paths.some((path) => path === 'src/main.rs' || /^src\/bin\/[^/]+(?:\/main)?\.rs$/.test(path));
  return {
    // What has neither is for cargo to refuse.
    library: manifest['lib'] !== undefined || files.has('src/lib.rs') || !binaries,
    binaries,
    features: featuresOf(manifest),
  };
}

/** An optional dependency is a feature of its own name, unless a feature names it as `dep:name`. */
function featuresOf(manifest: TomlTable): readonly string[] {
  const stated = entriesOf(manifest['features']);
  const hidden = new Set(
    stated
      .flatMap(([, asks]) => (Array.isArray(asks) ? asks : []))
      .flatMap((ask) => /^dep:(.+)$/.exec(String(ask))?.[1] ?? []),
  );
  const optional = ['dependencies', 'build-dependencies'].flatMap((section) =>
    entriesOf(manifest[section]).flatMap(([name, dependency]) =>
      valueAt(dependency, 'optional') === true && !hidden.has(name) ? [name] : [],
    ),
  );
  const names = new Set([...stated.map(([name]) => name), ...optional]);
  names.delete('default');
  return [...names].sort();
}

function entriesOf(table: unknown): [string, unknown][] {
  return isTable(table) ? Object.entries(table) : [];
}
