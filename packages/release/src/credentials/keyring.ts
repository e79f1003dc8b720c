import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { givenRegistry, type RegistryOptions } from '../configuration/registry-target';
import type { AccessPorts } from '../effects/access-ports';
import { groupBy } from '../graph/group-by';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { FoundCredential } from './credential';
import { askHelper, type HelperOption } from './helper';
import { identityToken } from './identity-token';
import { settingsReader } from './settings';
import { fromEnvironment, hostOf, variableNames, type RegistryPlace } from './variables';

/** Knows the token of every registry that a run uploads to. In memory, and for this run only. */
export interface Keyring {
  /** FORGE-C002 without one, FORGE-C016 and C017 where a source fails; the same problem for all units of a registry. */
  find(unit: PublishUnit): Promise<Result<FoundCredential>>;
}

export interface KeyringContext {
  readonly root: string;
  readonly registry: RegistryOptions;
  readonly helper?: HelperOption | undefined;
  readonly ports: AccessPorts;
  /** Nothing is asked of registries that would hand out a token. */
  readonly dryRun: boolean;
}

/** A token that is about to end is not worth an upload. */
const reserve = 60_000;

/**
 * Sources in their order: variables that mean this registry, the files of the native tools, variables that mean any
 * registry, trusted publishing, the helper of nx.json.
 */
export function createKeyring(units: readonly PublishUnit[], context: KeyringContext): Keyring {
  const { ports } = context;
  const settings = settingsReader(context.root, ports);
  const groups = groupBy(units, registryKey);
  const found = new Map<string, Promise<Result<FoundCredential>>>();

  async function find(unit: PublishUnit): Promise<Result<FoundCredential>> {
    const key = registryKey(unit);
    // A token for one package is another one for the next.
    const own = `${key}\0${unit.node.ecosystem.access?.exchange?.perPackage ? unit.node.manifest.name : ''}`;
    const before = await found.get(own);
    if (before && isGood(before)) return before;
    const members = groups.get(key) ?? [unit];
    const asked = search(unit, members);
    found.set(own, asked);
    return asked;
  }

  function isGood(result: Result<FoundCredential>): boolean {
    if (!result.ok || result.value.source.kind !== 'exchange') return true;
    return result.value.source.until - reserve > ports.now();
  }

  async function search(unit: PublishUnit, members: readonly PublishUnit[]) {
    const { registry, token } = context.registry;
    if (registry && token) return ok({ token, source: { kind: 'given' } as const });
    const place = placeOf(unit);
    const standing = fromVariablesAndFiles(unit, place);
    if (standing) return ok(standing);
    const exchanged = await exchange(unit, context);
    if (!exchanged.ok || exchanged.value) return exchanged as Result<FoundCredential>;
    const helped = await fromHelper(unit, members);
    if (!helped.ok || helped.value) return helped as Result<FoundCredential>;
    return missing(place, members);
  }

  function fromVariablesAndFiles(
    unit: PublishUnit,
    place: RegistryPlace,
  ): FoundCredential | undefined {
    const { exact, general } = variableNames(place);
    const file = (): FoundCredential | undefined => {
      const token = unit.node.ecosystem.access?.token(settings(unit.node), unit.endpoints);
      if (!token) return undefined;
      const { file: path, ...credential } = token;
      return { ...credential, source: { kind: 'file', path } };
    };
    return variable(exact, ports) ?? file() ?? variable(general, ports);
  }

  function placeOf({ node, endpoints }: PublishUnit): RegistryPlace {
    const { ecosystem } = node;
    const isGiven = givenRegistry(context.registry) !== undefined;
    const destination = isGiven ? undefined : context.registry.destinations?.of(node);
    const places = units.filter((each) => each.node.ecosystem === ecosystem).map(registryKey);
    const isOnly = new Set(places).size <= 1;
    return { ecosystem, endpoints, isGiven, isOnly, ...(destination ? { destination } : {}) };
  }

  async function fromHelper(
    unit: PublishUnit,
    members: readonly PublishUnit[],
  ): Promise<Result<FoundCredential | undefined>> {
    const { helper } = context;
    if (!helper) return ok(undefined);
    const answer = await askHelper(
      helper,
      {
        version: 1,
        ecosystem: unit.node.ecosystem.id,
        registry: Object.values(unit.endpoints)[0] ?? '',
        packages: members.map(({ node }) => node.manifest.name),
      },
      ports,
    );
    if (!answer.ok || !answer.value) return answer as Result<undefined>;
    const source = { kind: 'helper', program: helper.argv[0] ?? '' } as const;
    return ok({ ...answer.value, source });
  }

  return { find };
}

function variable(
  names: readonly string[],
  { env }: Pick<AccessPorts, 'env'>,
): FoundCredential | undefined {
  const found = fromEnvironment(names, env);
  return (
    found && {
      token: found.token,
      source: { kind: 'environment', variable: found.variable },
    }
  );
}

/** FORGE-C017 where a CI system vouches for the run and the registry gives no token for that. */
async function exchange(
  { node, endpoints }: PublishUnit,
  { ports, dryRun }: KeyringContext,
): Promise<Result<FoundCredential | undefined>> {
  const { access, title } = node.ecosystem;
  const audience = access?.exchange?.audience(endpoints);
  if (!access?.exchange || audience === undefined) return ok(undefined);
  const { ask, read, env, lifetime } = access.exchange;
  const vouched = await identityToken(audience, env, ports);
  if (vouched === undefined) return ok(undefined);
  const source = { kind: 'exchange', until: ports.now() + lifetime } as const;
  if (dryRun) return ok({ token: '', source });
  const response = await ports.send(ask(vouched, node.manifest.name, endpoints));
  const token = read(response);
  if (token !== undefined) return ok({ token, source });
  const what = `${title} (${hostOf(endpoints)}) gives this CI run no token for \`${node.manifest.name}\`: it answers ${response.status}`;
  return fail(new ForgeError('FORGE-C017', { what, where: { file: node.manifest.file } }));
}

function missing(place: RegistryPlace, members: readonly PublishUnit[]): Result<never> {
  const { ecosystem, destination, isGiven } = place;
  const { exact, general } = variableNames(place);
  const names = [...exact, ...general].map((name) => `\`${name}\``).join(' or ');
  const where = isGiven || destination ? '' : `; get one at ${ecosystem.credentials.url}`;
  const title = destination ? `${hostOf(place.endpoints)} (${destination.via})` : ecosystem.title;
  const needed = members.map((unit) => `\`${labelOf(unit)}\``).join(', ');
  return fail(
    new ForgeError('FORGE-C002', {
      what: `no token for ${title}: needed by ${needed}`,
      fix: `set ${names}${where}`,
    }),
  );
}

function registryKey({ node, endpoints }: PublishUnit): string {
  return `${node.ecosystem.id}\0${JSON.stringify(endpoints)}`;
}
