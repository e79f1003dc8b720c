import type { JsonPath } from '../../text';
import { isObject, type JsonObject } from './package-json';

/** A text that takes the place of what dependencies ask for. */
export interface Override {
  readonly name: string;
  readonly path: JsonPath;
  readonly fixed: string;
}

/** Where npm and bun, yarn, and pnpm are told to take another version than what was asked for. */
const tables = [['overrides'], ['resolutions'], ['pnpm', 'overrides']];

/** Overrides choose on purpose what the tables would not bring, so that no release changes them. */
export function readOverrides(json: JsonObject): readonly Override[] {
  return tables.flatMap((path) => {
    const table = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), json);
    const fixed = `\`${path.join('.')}\` chooses a version on purpose`;
    return isObject(table) ? overridesIn(table, path, fixed) : [];
  });
}

/** npm nests overrides by the package that asks; `.` is that package itself. */
function overridesIn(table: JsonObject, path: readonly string[], fixed: string): Override[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const inner = [...path, key];
    if (isObject(value)) return overridesIn(value, inner, fixed);
    const name = overriddenName(key === '.' ? (path.at(-1) ?? '') : key);
    return typeof value === 'string' && name ? [{ name, path: inner, fixed }] : [];
  });
}

/** `core`, `core@^1`, `parent>core` (pnpm 10), `parent/core` (yarn 1 and 4): the package that is overridden. */
function overriddenName(key: string): string | undefined {
  const path = key.split('>').at(-1) ?? key;
  return /(?:^|\/)((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*(?:\/.*)?)?$/.exec(path.trim())?.[1];
}
