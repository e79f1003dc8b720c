import type { Ecosystem } from '@forge/ecosystems';
import { list, quoted, record, satisfies, type Check } from './checks';

/** Variables for the tools that build packages, beside the few that every tool sees. */
export interface BuildEnvironment {
  /** Names of variables of the caller's that they see. */
  readonly passEnv?: readonly string[];
  /** Variables with their values. */
  readonly env?: Readonly<Record<string, string>>;
}

const isValue = satisfies(
  (value) => typeof value === 'string',
  'a text',
  'write the value in quotes',
);

/**
 * Checks of both options. Names are exact, since what is packed depends on the values, and Nx has to know by name which
 * variables its cache goes by. FORGE-C001 for one that holds a token: what builds a package runs code of others.
 */
export function environmentChecks(
  ecosystems: readonly Ecosystem[],
): Readonly<Record<keyof BuildEnvironment, Check>> {
  const tokens = ['FORGE_TOKEN', ...ecosystems.flatMap(({ credentials }) => credentials.env)];
  const isName: Check = (path, name) =>
    [isWellFormed, isNoToken(tokens)].flatMap((check) => check(path, name, ''));
  return {
    passEnv: list(isName),
    env: record((path, value, name) => [...isName(path, name, ''), ...isValue(path, value, name)]),
  };
}

const isWellFormed = satisfies(
  (name) => typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
  'the name of a variable',
  'write each name in full, without `*`: the cache goes by the variables that are named',
);

/** A registry of one's own has a variable that is named after it. */
function isNoToken(tokens: readonly string[]): Check {
  const isToken = (name: string): boolean =>
    tokens.some((token) => name === token || name.startsWith(`${token}_`)) ||
    /REGISTR.*_TOKEN$/.test(name);
  return satisfies(
    (name) => typeof name !== 'string' || !isToken(name.toUpperCase()),
    'for a build: it holds the token of a registry',
    `remove it; uploads get tokens by themselves, builds see none of ${quoted(tokens)}`,
  );
}

/** Of two, the second one is nearer, and wins. */
export function joinEnvironments(
  general: BuildEnvironment = {},
  own: BuildEnvironment = {},
): Required<BuildEnvironment> {
  return {
    passEnv: [...new Set([...(general.passEnv ?? []), ...(own.passEnv ?? [])])],
    env: { ...general.env, ...own.env },
  };
}
