import { fail, ok, type Destination, type ForgeError, type Result } from '@forge/ecosystems';
import {
  endpointsFor,
  givenRegistry,
  type Destinations,
  type RegistryOptions,
} from '../configuration/registry-target';
import { accessPorts, type AccessPorts } from '../effects/access-ports';
import type { Workspace } from '../effects/open-workspace';
import type { PackageNode } from '../graph/model';
import { addressProblem, credentialsWithin } from './registry-address';
import { settingsReader } from './settings';

/**
 * The same options with what the packages themselves say of where they go. Registries that are named are asked
 * once how they are made up. Throws FORGE-C025 where the registry of the run has an address that cannot be used.
 */
export async function withDestinations<Options extends RegistryOptions>(
  options: Options,
  workspace: Pick<Workspace, 'root' | 'model' | 'reader'>,
  ports: AccessPorts = accessPorts(workspace.root),
): Promise<Options & { readonly destinations: Destinations }> {
  const registry = givenRegistry(options);
  const unusable = registry && addressProblem(registry);
  if (unusable) throw unusable;
  const settings = settingsReader(workspace.root, ports);
  const found = new Map<PackageNode, Destination>();
  const problems = new Map<PackageNode, readonly ForgeError[]>();
  for (const node of workspace.model.packages.filter(({ role }) => role === 'published')) {
    const { access } = node.ecosystem;
    const given = registry ? endpointsFor(node.ecosystem, options) : undefined;
    const said = access?.destination?.(node.manifest, settings(node), workspace.reader, given);
    const destination = said?.ok ? usable(said.value) : said;
    if (destination && !destination.ok) problems.set(node, destination.problems);
    else if (destination?.value) found.set(node, destination.value);
  }
  const introduced = await introduce(found, ports);
  return {
    ...options,
    destinations: {
      of: (node) => introduced.get(node),
      problemsOf: (node) => problems.get(node) ?? [],
    },
  };
}

/** FORGE-C025 for what a manifest or the configuration of a tool names. */
function usable(destination: Destination | undefined): Result<Destination | undefined> {
  const problem = destination && credentialsWithin(destination.endpoints, destination.via);
  return problem ? fail(problem) : ok(destination);
}

/** Packages of one registry share the very same endpoints. A registry that does not answer keeps what is known. */
async function introduce(
  found: ReadonlyMap<PackageNode, Destination>,
  ports: AccessPorts,
): Promise<ReadonlyMap<PackageNode, Destination>> {
  const known = new Map<string, Promise<Destination['endpoints']>>();
  const complete = ({ ecosystem }: PackageNode, { endpoints }: Destination) => {
    const key = `${ecosystem.id}\0${JSON.stringify(endpoints)}`;
    const introduction = ecosystem.access?.introduction;
    const asked =
      known.get(key) ??
      (introduction
        ? ports
            .send(introduction.ask(endpoints))
            .then((response) => introduction.read(endpoints, response) ?? endpoints)
        : Promise.resolve(endpoints));
    known.set(key, asked);
    return asked;
  };
  const entries = [...found].map(async ([node, destination]) => {
    const endpoints = await complete(node, destination);
    return [node, { ...destination, endpoints }] as const;
  });
  return new Map(await Promise.all(entries));
}
