import type { ForgeError } from '../errors';

/** A value, or every problem found on the way to it. Never both, never neither. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ForgeError[] };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(...problems: ForgeError[]): Result<never> {
  return { ok: false, problems };
}

/** All values, or all problems of all failures. */
export function all<T>(results: readonly Result<T>[]): Result<T[]> {
  const values: T[] = [];
  const problems: ForgeError[] = [];
  for (const result of results)
    if (result.ok) values.push(result.value);
    else problems.push(...result.problems);
  return problems.length > 0 ? fail(...problems) : ok(values);
}

/** The same for lists of values: one list of them all. */
export function allFlat<T>(results: readonly Result<readonly T[]>[]): Result<T[]> {
  const lists = all(results);
  return lists.ok ? ok(lists.value.flat()) : lists;
}
