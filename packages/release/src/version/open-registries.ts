import type { Endpoints, HttpRequest, HttpResponse } from '@forge/ecosystems';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { endpointsOf, isAstray, type RegistryOptions } from '../configuration/registry-target';
import { withDestinations } from '../credentials/destinations';
import { createKeyring } from '../credentials/keyring';
import { accessPorts, type AccessPorts } from '../effects/access-ports';
import type { Workspace } from '../effects/open-workspace';
import { createWorld } from '../effects/world';
import type { PackageNode } from '../graph/model';
import { askingAs, readersOf } from '../credentials/readers';

export type RegistriesOf = Pick<Workspace, 'root' | 'model' | 'reader'>;
export type RegistriesOptions = RegistryOptions & Pick<NormalizedOptions, 'credentialHelper'>;

/** The registry that a package goes to. */
export interface AskedRegistry {
  readonly endpoints: Endpoints;
  ask(request: HttpRequest): Promise<HttpResponse>;
}

/**
 * The registries of packages, asked as whoever publishes where strangers are told nothing. A package of which it cannot
 * be told where it goes has none: under its name another registry may hold a package of somebody else.
 */
export async function openRegistries(
  workspace: RegistriesOf,
  { credentialHelper: helper, ...options }: RegistriesOptions,
  ports: AccessPorts = accessPorts(workspace.root),
): Promise<ReadonlyMap<PackageNode, AskedRegistry>> {
  const { root, model } = workspace;
  const registry = await withDestinations(options, workspace, ports);
  const units = model.packages
    .filter((node) => !isAstray(node, registry))
    .map((node) => ({
      ...{ node, version: node.manifest.version.value ?? '', artifacts: [], planned: false },
      endpoints: endpointsOf(node, registry),
    }));
  const keyring = createKeyring(units, { root, registry, helper, ports, dryRun: true });
  const world = createWorld({ dryRun: true });
  const ask = askingAs(readersOf(keyring));
  return new Map(
    units.map((unit) => {
      const asked: AskedRegistry = {
        endpoints: unit.endpoints,
        ask: (question) => ask(unit, question, (request) => world.request(request)),
      };
      return [unit.node, asked];
    }),
  );
}
