import type { Ecosystem } from '@forge/ecosystems';
import type { Destinations } from '../../configuration/registry-target';
import { hostOf, variableNames } from '../../credentials/variables';
import type { PackageNode } from '../../graph/model';

/** A token that a person puts into the settings of the CI system, under the name of the variable. */
export interface Secret {
  readonly variable: string;
  /** The registry that it opens, for people. */
  readonly registry: string;
  /** Where to get it, where that is known. */
  readonly url?: string;
}

export interface SecretsQuestion {
  /** Those that are published. */
  readonly nodes: readonly PackageNode[];
  /** The server that nx.json names for everything. */
  readonly registry: string | undefined;
  readonly destinations: Destinations;
  /** The CI system vouches for the run, where the registry takes its word. */
  readonly isTrusted: boolean;
}

export interface SecretsAnswer {
  /** Each variable once. */
  readonly secrets: readonly Secret[];
  /** Those whose public registry takes the word of the CI system. */
  readonly trusted: readonly Ecosystem[];
}

/** What opens the registries that the packages go to. */
export function secretsFor({
  nodes,
  registry,
  destinations,
  isTrusted,
}: SecretsQuestion): SecretsAnswer {
  if (registry !== undefined && nodes.length > 0)
    return { secrets: [{ variable: 'FORGE_TOKEN', registry }], trusted: [] };
  const secrets = new Map<string, Secret>();
  const trusted = new Set<Ecosystem>();
  for (const node of nodes) {
    if (isTrusted && !destinations.of(node) && takesItsWord(node.ecosystem)) {
      trusted.add(node.ecosystem);
      continue;
    }
    const secret = secretOf(node, destinations);
    if (secret) secrets.set(secret.variable, secret);
  }
  return { secrets: [...secrets.values()], trusted: [...trusted] };
}

function takesItsWord({ access, publicEndpoints }: Ecosystem): boolean {
  return access?.exchange?.audience(publicEndpoints) !== undefined;
}

function secretOf(node: PackageNode, destinations: Destinations): Secret | undefined {
  const { ecosystem } = node;
  const destination = destinations.of(node);
  const endpoints = destination?.endpoints ?? ecosystem.publicEndpoints;
  const where = { ecosystem, endpoints, isGiven: false, isOnly: false };
  const [variable] = variableNames(destination ? { ...where, destination } : where).exact;
  if (variable === undefined) return undefined;
  if (destination) return { variable, registry: hostOf(endpoints) };
  return { variable, registry: ecosystem.title, url: ecosystem.credentials.url };
}
