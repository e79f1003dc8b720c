import type { Ecosystem, Endpoints, Environment } from '@forge/ecosystems';
import type { Destination } from '@forge/ecosystems';

/** A registry that packages of one ecosystem go to. */
export interface RegistryPlace {
  readonly ecosystem: Ecosystem;
  readonly endpoints: Endpoints;
  /** Given by the user for the whole run. */
  readonly isGiven: boolean;
  /** What sends packages there, where it is one of their own. */
  readonly destination?: Destination;
  /** True when all that is uploaded in this ecosystem goes there. */
  readonly isOnly: boolean;
}

/** Names of variables with the token: those that mean exactly this registry, and those that mean any. */
export interface VariableNames {
  readonly exact: readonly string[];
  readonly general: readonly string[];
}

/**
 * A server that is given for the run has `FORGE_TOKEN`, the public registry what its tools call it. A registry that
 * a package names has its own variables, or those of the public one with its host behind; the plain ones count
 * for it only if nothing goes anywhere else, so that no token is shown to a registry that it is not for.
 */
export function variableNames(place: RegistryPlace): VariableNames {
  const { ecosystem, destination, isGiven, isOnly } = place;
  const usual = ecosystem.credentials.env;
  if (isGiven) return { exact: ['FORGE_TOKEN'], general: [] };
  if (!destination) return { exact: usual, general: [] };
  if (destination.env) return { exact: destination.env, general: [] };
  const host = hostOf(place.endpoints)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_');
  return {
    exact: usual.slice(0, 1).map((name) => `${name}_${host}`),
    general: isOnly ? usual : [],
  };
}

/** The first of the variables that is set. */
export function fromEnvironment(
  names: readonly string[],
  env: Environment,
): { readonly variable: string; readonly token: string } | undefined {
  for (const variable of names) {
    const token = env[variable]?.trim();
    if (token) return { variable, token };
  }
  return undefined;
}

/** Host and port of the first endpoint. */
export function hostOf(endpoints: Endpoints): string {
  const [url = ''] = Object.values(endpoints);
  return URL.canParse(url) ? new URL(url).host : url;
}
