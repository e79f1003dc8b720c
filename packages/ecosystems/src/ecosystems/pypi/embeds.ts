import type { Embed, Reader } from '../../model';
import type { TomlTable } from '../../text';
import { localPath } from './local-path';
import { isTable, itemsAt, stringAt } from './toml-access';

const crateManifest = 'Cargo.toml';

/** The crate that maturin compiles, where maturin is the build backend. */
export function maturinCrate(
  document: TomlTable,
  directory: string,
): { readonly manifest: string; readonly via: string } | undefined {
  if (stringAt(document, ['build-system', 'build-backend']) !== 'maturin') return undefined;
  const written = stringAt(document, ['tool', 'maturin', 'manifest-path']);
  const manifest = localPath(directory, written ?? crateManifest);
  if (manifest === undefined) return undefined;
  return { manifest, via: written === undefined ? 'build-backend' : 'tool.maturin.manifest-path' };
}

/** Crates that are compiled into the wheels of this project. */
export function embeddedCrates(document: TomlTable, directory: string, reader: Reader): Embed[] {
  const maturin = maturinCrate(document, directory);
  const found = [...(maturin ? [maturin] : []), ...setuptoolsRust(document, directory)];
  const manifests = new Map(found.map(({ manifest, via }) => [manifest, via]));
  return [...manifests]
    .filter(([manifest]) => reader.read(manifest) !== undefined)
    .map(([manifest, via]) => ({ manifest, via, ships: 'binary' }));
}

function setuptoolsRust(document: TomlTable, directory: string) {
  return ['ext-modules', 'bins'].flatMap((list) => {
    const via = `tool.setuptools-rust.${list}`;
    return itemsAt(document, ['tool', 'setuptools-rust', list]).flatMap(([, item]) => {
      const written = isTable(item) ? (item['path'] ?? crateManifest) : undefined;
      const manifest = typeof written === 'string' ? localPath(directory, written) : undefined;
      return manifest === undefined ? [] : [{ manifest, via }];
    });
  });
}
