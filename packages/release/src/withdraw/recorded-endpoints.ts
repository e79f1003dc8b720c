import type { Destination } from '@forge/ecosystems';
import { endpointsOf, givenRegistry, type RegistryOptions } from '../configuration/registry-target';
import type { PackageNode } from '../graph/model';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { RecordedPackage } from '../record/withdrawals';
import type { EndpointsOf } from './subjects';

type Endpoints = PublishUnit['endpoints'];

/**
 * What was published is where a journal says, whatever is set since then; what no journal knows is where it would go
 * now. A server that is given for this command is asked all the same.
 */
export function recordedEndpoints(
  published: ReadonlyMap<string, RecordedPackage>,
  options: RegistryOptions,
): EndpointsOf {
  return (node, version) => {
    const now = endpointsOf(node, options);
    const then = published.get(labelOf({ node, version }))?.endpoints;
    if (!then || givenRegistry(options)) return now;
    // The very object where that is meant: others tell the public registry by it.
    return [now, node.ecosystem.publicEndpoints].find((each) => isSame(each, then)) ?? then;
  };
}

/**
 * The same options for whoever looks for tokens. A registry that nothing but a journal leads to was given for that
 * release, so it has the token of given ones; no token of another registry is shown to it.
 */
export function withRecorded(
  options: RegistryOptions,
  units: readonly PublishUnit[],
): RegistryOptions {
  const moved = new Map<PackageNode, Destination | undefined>();
  for (const { node, endpoints } of units)
    if (endpoints === node.ecosystem.publicEndpoints) moved.set(node, undefined);
    else if (!isSame(endpoints, endpointsOf(node, options)))
      moved.set(node, { endpoints, via: 'the journal of its release', env: ['FORGE_TOKEN'] });
  const { destinations } = options;
  return {
    ...options,
    destinations: {
      of: (node) => (moved.has(node) ? moved.get(node) : destinations?.of(node)),
      problemsOf: (node) => destinations?.problemsOf(node) ?? [],
    },
  };
}

function isSame(a: Endpoints, b: Endpoints): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
