import { ForgeError, type Refusal } from '@forge/ecosystems';
import { notOwner } from '../publish/not-owner';
import { toRefusal } from '../publish/refusal';
import { ownersOf, recordAudit, type Queryable } from '../store';
import type { Draft, DraftOrder } from './draft';

/**
 * Why a user may not put a version of a package together. Whoever wants to publish a package that nobody owns may
 * try; it is decided again when the draft is published.
 */
export async function judgeUser(tx: Queryable, order: DraftOrder): Promise<Refusal | undefined> {
  const { ecosystem, name, user } = order;
  const rows = await tx.query<{ id: number }>(
    'select id from packages where ecosystem = $1 and normalized_name = $2',
    [ecosystem.id, ecosystem.normalizeName(name)],
  );
  const [found] = rows;
  if (!found) return undefined;
  const owners = await ownersOf(tx, found.id);
  if (owners.length === 0 || owners.includes(user)) return undefined;
  return notOwner(tx, found.id, { name });
}

/** Why a draft is not for this user, to see or to change. */
export async function judgeReader(
  tx: Queryable,
  order: DraftOrder,
  draft: Draft,
): Promise<Refusal | undefined> {
  const denial = await judgeUser(tx, order);
  if (denial) return denial;
  if (draft.createdBy !== order.user && !(await isOwner(tx, order))) {
    const what = `the draft of \`${draft.name}\` ${draft.version} is of another user`;
    return toRefusal([new ForgeError('FORGE-R066', { what })]);
  }
  return undefined;
}

/** Why nothing can be done with a draft any more, or by this user. */
export async function judgeDraft(
  tx: Queryable,
  order: DraftOrder,
  draft: Draft,
): Promise<Refusal | undefined> {
  const denial = await judgeReader(tx, order, draft);
  if (denial) return denial;
  const state = draft.state === 'open' && draft.expiresAt <= order.now ? 'expired' : draft.state;
  if (state === 'open') return undefined;
  const what = `the draft of \`${draft.name}\` ${draft.version} is ${state}`;
  return toRefusal([new ForgeError('FORGE-R060', { what })]);
}

async function isOwner(tx: Queryable, { ecosystem, name, user }: DraftOrder): Promise<boolean> {
  const rows = await tx.query(
    `select from owners o join packages p on p.id = o.package_id
    where p.ecosystem = $1 and p.normalized_name = $2 and o.username = $3`,
    [ecosystem.id, ecosystem.normalizeName(name), user],
  );
  return rows.length > 0;
}

/** Every attempt is told, also one that came to nothing, of the package by its own name and not as somebody spells it. */
export async function recordDraft(
  tx: Queryable,
  order: DraftOrder,
  action: string,
  { version, ...detail }: { readonly version: string; readonly [key: string]: string | number },
): Promise<void> {
  const { ecosystem, user, now } = order;
  const name = await ownName(tx, order, detail['draft']);
  const subject = `${ecosystem.id}:${name}@${version}`;
  await recordAudit(tx, { at: now, actor: user, action, subject, detail });
}

/** What the package is called since its first version; before that, what its draft is called. */
async function ownName(
  tx: Queryable,
  { ecosystem, name }: DraftOrder,
  draft: string | number | undefined,
): Promise<string> {
  const [found] = await tx.query<{ name: string | null }>(
    `select coalesce(
      (select name from packages where ecosystem = $1 and normalized_name = $2),
      (select name from drafts where id = $3::bigint)) as name`,
    [ecosystem.id, ecosystem.normalizeName(name), draft ?? null],
  );
  return found?.name ?? name;
}
