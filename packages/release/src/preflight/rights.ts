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
import { joinReports, type PreflightReport } from './report';

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
  const [listed, ...reports] = await Promise.all([
    ofNames(units, ask).then((report) => [report]),
    ...[...groups.values()].map((group) => ofRegistry(group, ask)),
  ]);
  return [...reports.flat(), ...listed];
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

/**
 * Names of which the registry has no version: whoever takes them now has them. And FORGE-P022 for a version that is
 * there before it was built, told before the time for building it is spent.
 */
async function ofNames(
  units: readonly UnitWithCredential[],
  ask: AskRegistry,
): Promise<Partial<PreflightReport>> {
  const reports = await Promise.all(
    units.map(async ({ unit }): Promise<Partial<PreflightReport>> => {
      const { remote } = unit.node.ecosystem;
      const { name } = unit.node.manifest;
      const listed = remote.parseVersions(name, await ask(remote.versions(name, unit.endpoints)));
      if (listed?.length === 0) return { firstPublished: [unit] };
      const isToBeBuilt = unit.planned && unit.artifacts.length === 0;
      return isToBeBuilt && isAmong(listed ?? [], unit) ? { warnings: [madeBefore(unit)] } : {};
    }),
  );
  return joinReports(reports);
}

function isAmong(listed: readonly string[], { node, version }: PublishUnit): boolean {
  const { isValid, compare } = node.ecosystem.versions;
  return listed.some((each) => isValid(each) && compare(each, version) === 0);
}

function madeBefore(unit: PublishUnit): ForgeError {
  const what = `\`${labelOf(unit)}\` is at ${placeOf(unit)} before this release has built it`;
  return new ForgeError('FORGE-P022', { what, where: { file: unit.node.manifest.file } });
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
