import type { Json } from '@forge/ecosystems';

/**
 * The metadata of a version that gathered files over several uploads, in order of arrival: objects
 * are merged member by member, and what stands there already stays. So a later upload can add, for
 * example what is known of its own file, and cannot change what an earlier one said.
 */
export function mergeMetadata(uploads: readonly Json[]): Json {
  return uploads.reduce((earlier, later) => merge(earlier, later));
}

function merge(earlier: Json, later: Json): Json {
  if (!isObject(earlier) || !isObject(later)) return earlier;
  const kept = new Map(Object.entries(earlier));
  for (const [key, value] of Object.entries(later)) {
    const before = kept.get(key);
    kept.set(key, before === undefined ? value : merge(before, value));
  }
  return Object.fromEntries(kept);
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
