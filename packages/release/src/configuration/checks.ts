import { ForgeError } from '@forge/ecosystems';

/** Looks at one value of the options; `path` names it for people. */
export type Check = (path: string, value: unknown, key: string) => ForgeError[];

/** An object with these keys and no others. */
export function object(checks: Readonly<Record<string, Check>>): Check {
  const known = Object.keys(checks);
  return record((path, value, key) => {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check) return check(path, value, key);
    return [invalid(`\`${path}\` is not an option`, `use one of ${quoted(known)}, or remove it`)];
  });
}

/** An object with any keys. */
export function record(check: Check): Check {
  return (path, value) => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [invalid(`\`${path}\` is not an object`, `write \`{ … }\` for \`${path}\``)];
    return Object.entries(value).flatMap(([key, each]) => check(`${path}.${key}`, each, key));
  };
}

export function list(check: Check): Check {
  return (path, value) => {
    if (value === undefined) return [];
    if (!Array.isArray(value))
      return [invalid(`\`${path}\` is not a list`, `write \`[ … ]\` for \`${path}\``)];
    return value.flatMap((each, index) => check(`${path}[${index}]`, each, String(index)));
  };
}

/** What holds, what it should be, and what to write instead. */
export function satisfies(holds: (value: unknown) => boolean, what: string, fix: string): Check {
  return (path, value) => (holds(value) ? [] : [invalid(`\`${path}\` is not ${what}`, fix)]);
}

export function oneOf(names: readonly string[], what: string): Check {
  const holds = (value: unknown): boolean => typeof value === 'string' && names.includes(value);
  return satisfies(holds, what, `use one of ${quoted(names)}`);
}

export const isOptionalBoolean: Check = satisfies(
  (value) => value === undefined || typeof value === 'boolean',
  'a boolean',
  'use true or false',
);

/** FORGE-C001 */
export function invalid(what: string, fix: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, where: { file: 'nx.json' }, fix });
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
