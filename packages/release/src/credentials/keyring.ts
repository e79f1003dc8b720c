import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { givenRegistry, type RegistryOptions } from '../configuration/registry-target';
import type { AccessPorts } from '../effects/access-ports';
import { groupBy } from '../graph/group-by';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { FoundCredential } from './credential';
import type { HelperOption } from './helper';
import { settingsReader } from './settings';
import { tokenSources } from './sources';
import { hostOf, variableNames, type RegistryPlace } from './variables';

/** Knows the token of every registry that a run uploads to. In memory, and for this run only. */
export interface Keyring {
  /** FORGE-C002 without one, FORGE-C016 and C017 where a source fails. */
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

/** A keyring for these units, which say which registries there are. Every source is asked once for each of them. */
export function createKeyring(units: readonly PublishUnit[], context: KeyringContext): Keyring {
  const settings = settingsReader(context.root, context.ports);
  const groups = groupBy(units, registryKey);
  const found = new Map<string, Promise<Result<FoundCredential>>>();
  const isGood = (result: Result<FoundCredential>): boolean =>
    !result.ok ||
    result.value.source.kind !== 'exchange' ||
    result.value.source.until - reserve > context.ports.now();

  async function search(unit: PublishUnit): Promise<Result<FoundCredential>> {
    const members = groups.get(registryKey(unit)) ?? [unit];
    const packages = members.map(({ node }) => node.manifest.name);
    const place = placeOf(unit, units, context.registry);
    for (const source of tokenSources) {
      const result = await source({ unit, packages, place, settings, context });
      if (!result.ok) return result;
      if (result.value) return ok(result.value);
    }
    return fail(missing(place, members));
  }

  return {
    async find(unit) {
      const key = tokenKey(unit);
      const before = await found.get(key);
      if (before && isGood(before)) return before;
      // Whoever asks at the same time waits for the same answer.
      const asked = before ? search(unit) : (found.get(key) ?? search(unit));
      found.set(key, asked);
      return asked;
    },
  };
}

const keys = new WeakMap<PublishUnit, string>();

/** Asked of each unit several times, and for each of a registry with all others of it. */
function registryKey(unit: PublishUnit): string {
  const known = keys.get(unit);
  if (known !== undefined) return known;
  const key = `${unit.node.ecosystem.id}\0${JSON.stringify(unit.endpoints)}`;
  keys.set(unit, key);
  return key;
}

/** A token for one package is another one for the next. */
function tokenKey(unit: PublishUnit): string {
  const { ecosystem, manifest } = unit.node;
  return `${registryKey(unit)}\0${ecosystem.access?.exchange?.perPackage ? manifest.name : ''}`;
}

function placeOf(
  { node, endpoints }: PublishUnit,
  units: readonly PublishUnit[],
  registry: RegistryOptions,
): RegistryPlace {
  const { ecosystem } = node;
  const isGiven = givenRegistry(registry) !== undefined;
  const destination = isGiven ? undefined : registry.destinations?.of(node);
  const places = units.filter((each) => each.node.ecosystem === ecosystem).map(registryKey);
  const isOnly = new Set(places).size <= 1;
  return { ecosystem, endpoints, isGiven, isOnly, ...(destination ? { destination } : {}) };
}

function missing(place: RegistryPlace, members: readonly PublishUnit[]): ForgeError {
  const { ecosystem, destination, isGiven } = place;
  const { exact, general } = variableNames(place);
  const names = [...exact, ...general].map((name) => `\`${name}\``).join(' or ');
  const where = isGiven || destination ? '' : `; get one at ${ecosystem.credentials.url}`;
  const title = destination ? `${hostOf(place.endpoints)} (${destination.via})` : ecosystem.title;
  const needed = members.map((unit) => `\`${labelOf(unit)}\``).join(', ');
  return new ForgeError('FORGE-C002', {
    what: `no token for ${title}: needed by ${needed}`,
    fix: `set ${names}${where}`,
  });
}
