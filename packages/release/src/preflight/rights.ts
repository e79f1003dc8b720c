import {
  ForgeError,
  type HttpRequest,
  type HttpResponse,
  type Identity,
  type Ownership,
} from '@forge/ecosystems';
import { describeSource, type FoundCredential } from '../credentials/credential';
import { hostOf } from '../credentials/variables';
import { groupBy } from '../graph/group-by';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { PreflightReport } from './report';

/** Sends a question; never a mutation. */
export type AskRegistry = (request: HttpRequest) => Promise<HttpResponse>;

export interface UnitWithCredential {
  readonly unit: PublishUnit;
  readonly credential: FoundCredential;
}

/** Answers that mean "I have no such question": not every server of a protocol has all of it. */
const silent: ReadonlySet<number> = new Set([404, 405, 501]);

/**
 * Whether the registries know the tokens, and whether those may publish each name. What a registry cannot be asked
 * now is a warning (FORGE-C018): it may answer again by the time of the upload, and then it is the one that knows.
 */
export async function rights(
  units: readonly UnitWithCredential[],
  ask: AskRegistry,
): Promise<readonly Partial<PreflightReport>[]> {
  // A token of trusted publishing has just been made for this, and no registry says whose it is.
  const lasting = units.filter(
    ({ credential }) => credential.source.kind !== 'exchange' && credential.token !== '',
  );
  const groups = groupBy(lasting, ({ unit, credential }) =>
    [unit.node.ecosystem.id, JSON.stringify(unit.endpoints), credential.token].join('\0'),
  );
  const [first, ...reports] = await Promise.all([
    firstPublished(units, ask).then((report) => [report]),
    ...[...groups.values()].map((group) => ofRegistry(group, ask)),
  ]);
  return [...reports.flat(), ...first];
}

async function ofRegistry(
  group: readonly UnitWithCredential[],
  ask: AskRegistry,
): Promise<readonly Partial<PreflightReport>[]> {
  const [first] = group;
  if (!first) return [];
  const whose = await identityOf(first, ask);
  if (whose.state === 'refused') return [{ problems: [refused(group, whose.reason)] }];
  const accounts = [
    ...(whose.state === 'known' ? whose.accounts : []),
    ...(first.credential.username === undefined ? [] : [first.credential.username]),
  ];
  const warnings = whose.state === 'unknown' ? [unasked(first.unit, whose.reason)] : [];
  if (accounts.length === 0) return [{ warnings }];
  const owned = await Promise.all(group.map((each) => ownedByOthers(each, accounts, ask)));
  return [{ warnings }, ...owned];
}

async function identityOf(
  { unit, credential }: UnitWithCredential,
  ask: AskRegistry,
): Promise<Identity> {
  const { identity } = unit.node.ecosystem.remote;
  if (!identity) return { state: 'known', accounts: [] };
  const response = await ask(identity.ask(unit.endpoints, credential));
  return silent.has(response.status) ? { state: 'known', accounts: [] } : identity.read(response);
}

/** FORGE-P008, before anything is uploaded. A warning where others may have the right as well. */
async function ownedByOthers(
  { unit, credential }: UnitWithCredential,
  accounts: readonly string[],
  ask: AskRegistry,
): Promise<Partial<PreflightReport>> {
  const { owners } = unit.node.ecosystem.remote;
  if (!owners) return {};
  const { name } = unit.node.manifest;
  const response = await ask(owners.ask(name, unit.endpoints, credential));
  const answer: Ownership = silent.has(response.status)
    ? { state: 'absent' }
    : owners.read(response);
  if (answer.state !== 'known') return {};
  if (answer.owners.some((owner) => accounts.includes(owner))) return {};
  const what = `\`${name}\` at ${placeOf(unit)} belongs to ${list(answer.owners)}, and the token is ${list(accounts)}'s`;
  const found = new ForgeError('FORGE-P008', {
    what,
    where: { file: unit.node.manifest.file },
  });
  return answer.complete ? { problems: [found] } : { warnings: [found] };
}

/** Names of which the registry has no version: whoever takes them now has them. */
async function firstPublished(
  units: readonly UnitWithCredential[],
  ask: AskRegistry,
): Promise<Partial<PreflightReport>> {
  const known = await Promise.all(
    units.map(async ({ unit }) => {
      const { remote } = unit.node.ecosystem;
      const { name } = unit.node.manifest;
      const response = await ask(remote.versions(name, unit.endpoints));
      return remote.parseVersions(name, response)?.length === 0;
    }),
  );
  return { firstPublished: units.map(({ unit }) => unit).filter((_, at) => known[at]) };
}

function refused(group: readonly UnitWithCredential[], reason: string): ForgeError {
  const [first] = group as [UnitWithCredential];
  const needed = group.map(({ unit }) => `\`${labelOf(unit)}\``).join(', ');
  const source = describeSource(first.credential.source);
  const what = `${placeOf(first.unit)} does not know the token from ${source} (${reason}); needed by ${needed}`;
  return new ForgeError('FORGE-C015', { what });
}

function unasked(unit: PublishUnit, reason: string): ForgeError {
  const what = `${placeOf(unit)} cannot be asked whose the token is: ${reason}`;
  return new ForgeError('FORGE-C018', { what });
}

function placeOf({ node, endpoints }: PublishUnit): string {
  return `${node.ecosystem.title} (${hostOf(endpoints)})`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ') || 'nobody';
}
