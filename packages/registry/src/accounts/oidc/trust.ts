import { fail, ForgeError, ok, type Ecosystem, type Result } from '@forge/ecosystems';
import {
  deletePublisher,
  findPackage,
  insertPublisher,
  recordAudit,
  type Queryable,
  type TrustedPublisher,
} from '../../store';
import type { Accounts } from '../accounts';
import { weaknessOf } from './match-claims';

/** Whom a user trusts with a package. */
export interface TrustRequest {
  readonly ecosystem: Ecosystem;
  readonly packageName: string;
  readonly user: string;
}

/**
 * Lets identities publish a package, in the name of who says so: an owner, or anybody while nobody owns the name.
 * FORGE-R002 for what is no name, FORGE-R009, FORGE-R044 for an issuer that this server does not trust, FORGE-R047 for
 * claims that fit anybody.
 */
export async function trustPublisher(
  accounts: Accounts,
  request: TrustRequest,
  { issuer, claims }: Pick<TrustedPublisher, 'issuer' | 'claims'>,
): Promise<Result<TrustedPublisher>> {
  const { settings, store } = accounts;
  const { packageName } = request;
  // With a `*` at its end it would be a scope of many packages.
  if (!request.ecosystem.contents.isName(packageName))
    return fail(
      new ForgeError('FORGE-R002', { what: `\`${packageName}\` is no name of a package` }),
    );
  if (!(settings.issuers ?? []).includes(issuer))
    return fail(new ForgeError('FORGE-R044', { what: `this server does not trust \`${issuer}\`` }));
  const weakness = weaknessOf(claims);
  if (weakness !== undefined) return fail(new ForgeError('FORGE-R047', { what: weakness }));
  const [ecosystem, name] = addressOf(request);
  return store.db.transaction(async (tx) => {
    const stranger = await strangerTo(tx, request);
    if (stranger) return fail(stranger);
    const [addedBy, addedAt] = [request.user, accounts.now()];
    const added = await insertPublisher(tx, { ecosystem, name, issuer, claims, addedBy, addedAt });
    await record(accounts, tx, request, 'publisher.trusted', { id: added.id, issuer, claims });
    return ok(added);
  });
}

/** Takes trust back; tokens that were given end within minutes. FORGE-R009, FORGE-R010. */
export async function distrustPublisher(
  accounts: Accounts,
  request: TrustRequest,
  id: number,
): Promise<Result<undefined>> {
  const [ecosystem, name] = addressOf(request);
  return accounts.store.db.transaction(async (tx) => {
    const stranger = await strangerTo(tx, request);
    if (stranger) return fail(stranger);
    if (!(await deletePublisher(tx, { ecosystem, name, id })))
      return fail(new ForgeError('FORGE-R010', { what: `there is no trusted publisher ${id}` }));
    await record(accounts, tx, request, 'publisher.distrusted', { id });
    return ok(undefined);
  });
}

function addressOf({ ecosystem, packageName }: TrustRequest): readonly [string, string] {
  return [ecosystem.id, ecosystem.normalizeName(packageName)];
}

async function strangerTo(tx: Queryable, request: TrustRequest): Promise<ForgeError | undefined> {
  const found = await findPackage(tx, ...addressOf(request));
  if (!found || found.owners.length === 0 || found.owners.includes(request.user)) return undefined;
  return new ForgeError('FORGE-R009', {
    what: `\`${found.name}\` belongs to ${found.owners.join(', ')}`,
  });
}

function record(
  { now }: Accounts,
  tx: Queryable,
  request: TrustRequest,
  action: string,
  detail: { readonly id: number; readonly issuer?: string; readonly claims?: object },
): Promise<void> {
  const subject = addressOf(request).join(':');
  const shown = JSON.parse(JSON.stringify(detail)) as Record<string, string>;
  return recordAudit(tx, { at: now(), actor: request.user, action, subject, detail: shown });
}
