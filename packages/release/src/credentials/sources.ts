import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';
import type { FoundCredential } from './credential';
import { askHelper } from './helper';
import { identityToken } from './identity-token';
import type { KeyringContext } from './keyring';
import type { ReadSettings } from './settings';
import { fromEnvironment, hostOf, variableNames, type RegistryPlace } from './variables';

/** The question for one token. */
export interface Search {
  readonly unit: PublishUnit;
  /** Names of all packages that go to the same registry. */
  readonly packages: readonly string[];
  readonly place: RegistryPlace;
  readonly settings: ReadSettings;
  readonly context: KeyringContext;
}

type Found = Result<FoundCredential | undefined>;
type TokenSource = (search: Search) => Found | Promise<Found>;

/** In their order; the first one that has a token, or a problem, ends the search. */
export const tokenSources: readonly TokenSource[] = [
  given,
  ({ place, context }) => ok(inVariables(variableNames(place).exact, context)),
  inFiles,
  ({ place, context }) => ok(inVariables(variableNames(place).general, context)),
  byExchange,
  byHelper,
];

/** Whoever started the server of this run knows its token. */
function given({ context: { registry } }: Search): Found {
  const { registry: server, token } = registry;
  return ok(server && token ? { token, source: { kind: 'given' } } : undefined);
}

function inVariables(
  names: readonly string[],
  { ports }: KeyringContext,
): FoundCredential | undefined {
  const found = fromEnvironment(names, ports.env);
  if (!found) return undefined;
  const { token, variable } = found;
  return { token, source: { kind: 'environment', variable } };
}

function inFiles({ unit: { node, endpoints }, settings }: Search): Found {
  const found = node.ecosystem.access?.token(settings(node), endpoints);
  if (!found) return ok(undefined);
  const { file: path, ...credential } = found;
  return ok({ ...credential, source: { kind: 'file', path } });
}

/** FORGE-C017 where a CI system vouches for the run and the registry gives no token for that. */
async function byExchange({ unit, context }: Search): Promise<Found> {
  const { node, endpoints } = unit;
  const { ports, dryRun } = context;
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

async function byHelper({ unit, packages, context: { helper, ports } }: Search): Promise<Found> {
  if (!helper) return ok(undefined);
  const [registry = ''] = Object.values(unit.endpoints);
  const question = { version: 1, ecosystem: unit.node.ecosystem.id, registry, packages } as const;
  const answer = await askHelper(helper, question, ports);
  if (!answer.ok) return answer;
  const source = { kind: 'helper', program: helper.argv[0] ?? '' } as const;
  return ok(answer.value && { ...answer.value, source });
}
