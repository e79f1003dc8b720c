import type { TomlPath } from './toml-scanner';

/** A table or a value while it is scanned: its path, and the key of that path. */
export interface Spot {
  readonly path: TomlPath;
  readonly key: string;
}

/** A path as the key of a map. Each segment says how long it is, so that no two paths have one key. */
export function tomlKey(path: TomlPath): string {
  let key = '';
  for (const segment of path) key += keyPart(segment);
  return key;
}

function keyPart(segment: string | number): string {
  return typeof segment === 'number' ? `#${segment}` : `${segment.length}:${segment}`;
}

export function below({ path, key }: Spot, segments: TomlPath): Spot {
  return { path: [...path, ...segments], key: key + tomlKey(segments) };
}

export const top: Spot = { path: [], key: '' };
