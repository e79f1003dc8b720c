import type { Destination, Ecosystem, Endpoints, ForgeError } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';

export interface RegistryOptions {
  /** Base URL of a server that speaks all protocols. */
  readonly registry?: string | undefined;
  /** The token of that server, where it is known already; otherwise it is looked for. */
  readonly token?: string | undefined;
  /** Where packages go that name a registry of their own. */
  readonly destinations?: Destinations | undefined;
}

/** What manifests and the configuration of native tools say of where packages go. */
export interface Destinations {
  /** Undefined for what goes where everything else goes. */
  of(node: PackageNode): Destination | undefined;
  /** Why a package cannot be sent to where it should go. */
  problemsOf(node: PackageNode): readonly ForgeError[];
}

/**
 * Where packages of an ecosystem go: the option (`--registry` or in nx.json), else `FORGE_REGISTRY`,
 * else the ecosystem's public registry.
 */
export function endpointsFor(ecosystem: Ecosystem, options: RegistryOptions): Endpoints {
  const base = givenRegistry(options);
  return base ? ecosystem.endpointsAt(base) : ecosystem.publicEndpoints;
}

/** Where one package goes: what the user gives for the whole run wins over what it says of itself. */
export function endpointsOf(node: PackageNode, options: RegistryOptions): Endpoints {
  if (givenRegistry(options)) return endpointsFor(node.ecosystem, options);
  return options.destinations?.of(node)?.endpoints ?? node.ecosystem.publicEndpoints;
}

/** True for a package of which it cannot be told where it goes: no registry may be asked for it, by its name alone. */
export function isAstray(node: PackageNode, { destinations }: RegistryOptions): boolean {
  return (destinations?.problemsOf(node).length ?? 0) > 0;
}

/** The server that the user gives for the whole run, without a trailing slash. */
export function givenRegistry({ registry }: RegistryOptions): string | undefined {
  return (registry || process.env['FORGE_REGISTRY'] || '').replace(/\/+$/, '') || undefined;
}
