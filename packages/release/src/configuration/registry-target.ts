import type { Ecosystem, Endpoints } from '@forge/ecosystems';

export interface RegistryOptions {
  /** Base URL of a server that speaks all protocols. */
  readonly registry?: string | undefined;
  /** The token of that server, where it is known already; otherwise it is looked for. */
  readonly token?: string | undefined;
}

/**
 * Where packages of an ecosystem go: the option (`--registry` or in nx.json), else `FORGE_REGISTRY`,
 * else the ecosystem's public registry.
 */
export function endpointsFor(ecosystem: Ecosystem, options: RegistryOptions): Endpoints {
  const base = options.registry || process.env['FORGE_REGISTRY'];
  return base ? ecosystem.endpointsAt(base.replace(/\/+$/, '')) : ecosystem.publicEndpoints;
}

/**
 * The token for an ecosystem, from the environment: `FORGE_TOKEN` for a server that speaks all protocols,
 * else the names that the ecosystem's own tools use. `names` says what was looked for.
 */
export function tokenFor(
  ecosystem: Ecosystem,
  options: RegistryOptions,
): { readonly token: string | undefined; readonly names: readonly string[] } {
  if (options.registry && options.token) return { token: options.token, names: [] };
  const own = Boolean(options.registry || process.env['FORGE_REGISTRY']);
  const names = own ? ['FORGE_TOKEN'] : ecosystem.credentials.env;
  const token = names.map((name) => process.env[name]).find((value) => value);
  return { token, names };
}
