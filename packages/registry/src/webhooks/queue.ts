import type { Queryable } from '../store';
import type { AttemptOutcome, Message } from './webhook';

const spreadAtOnce = 500;
/** Longer than an attempt takes; when the server dies in one, another tries again after this. */
const leaseMs = 60_000;

/**
 * Writes down for events whom they are to be told; answers how many there were. Each event is looked at once, by
 * one server: others step over the rows that this one holds. A package is asked for in the spelling in which it is
 * found, and by older webhooks in the one that it has.
 */
export async function spreadEvents(db: Queryable, now: Date): Promise<number> {
  const rows = await db.query(
    `with fresh as (select id, event, aggregate, payload from outbox where spread_at is null
      order by id limit ${spreadAtOnce} for update skip locked),
    about as (select f.id, f.event, f.aggregate, concat(p.ecosystem, ':', p.normalized_name,
        substr(f.aggregate, length(p.ecosystem || ':' || p.name) + 1)) as normalized
      from fresh f left join packages p
        on p.ecosystem = f.payload ->> 'ecosystem' and p.name = f.payload ->> 'name'),
    made as (insert into webhook_deliveries (webhook_id, event_id, due_at, created_at)
      select w.id, a.id, $1::timestamptz, $1::timestamptz from about a join webhooks w
        on w.deleted_at is null and ${matches('w.events', 'a.event', '.')}
        and (${matches('w.packages', 'a.aggregate', '@')} or ${matches('w.packages', 'a.normalized', '@')})
      order by a.id on conflict do nothing)
    update outbox o set spread_at = $1::timestamptz from fresh where o.id = fresh.id returning o.id`,
    [now.toISOString()],
  );
  return rows.length;
}

/** No wish at all, the text itself, it and what goes on behind the sign, or what begins as one with a final `*`. */
function matches(wishes: string, text: string, sign: string): string {
  return `(cardinality(${wishes}) = 0 or exists (select from unnest(${wishes}) wish
    where ${text} = wish or starts_with(${text}, wish || '${sign}')
      or (right(wish, 1) = '*' and starts_with(${text}, left(wish, -1)))))`;
}

/** Webhooks for which something is due. */
export async function dueWebhooks(db: Queryable, now: Date): Promise<readonly number[]> {
  const rows = await db.query<{ id: number }>(
    `select distinct webhook_id as id from webhook_deliveries where ${isDue('$1')} order by id`,
    [now.toISOString()],
  );
  return rows.map(({ id }) => id);
}

/** When the next attempt is due, or a lease of a server that died is over. */
export async function nextDue(db: Queryable): Promise<Date | undefined> {
  const [found] = await db.query<{ at: Date | null }>(
    `select min(greatest(due_at, leased_until)) as at from webhook_deliveries where state = 'pending'`,
  );
  return found?.at ?? undefined;
}

/** Takes the next message of a webhook: nobody else has it until the lease is over. */
export async function leaseMessage(
  db: Queryable,
  webhookId: number,
  now: Date,
): Promise<Message | undefined> {
  const until = new Date(now.getTime() + leaseMs);
  const rows = await db.query<Message>(
    `with next as (select id from webhook_deliveries where webhook_id = $1 and ${isDue('$2')}
      order by due_at, id limit 1 for update skip locked)
    update webhook_deliveries d set leased_until = $3::timestamptz, attempts = d.attempts + 1
    from next, webhooks w, outbox o
    where d.id = next.id and w.id = d.webhook_id and o.id = d.event_id and w.deleted_at is null
    returning d.id as "deliveryId", w.id as "webhookId", w.url, w.sealed_secret as "sealedSecret",
      d.attempts as attempt, o.id as "eventId", o.event, o.payload, o.created_at as "happenedAt"`,
    [webhookId, now.toISOString(), until.toISOString()],
  );
  return rows[0];
}

function isDue(now: string): string {
  return `state = 'pending' and due_at <= ${now}::timestamptz
    and (leased_until is null or leased_until <= ${now}::timestamptz)`;
}

/** How a message goes on: `dueAt` is the next attempt, where there is one. */
export interface Settlement {
  readonly message: Message;
  readonly outcome: Exclude<AttemptOutcome, { readonly kind: 'interrupted' }>;
  readonly now: Date;
  readonly ms: number;
  readonly dueAt: Date | undefined;
}

export async function settleMessage(
  tx: Queryable,
  { message, outcome, now, ms, dueAt }: Settlement,
): Promise<void> {
  const { deliveryId, eventId } = message;
  const isDelivered = outcome.kind === 'delivered';
  await tx.query(
    `insert into webhook_attempts (delivery_id, at, status, problem, ms)
    values ($1, $2::timestamptz, $3, $4, $5)`,
    [
      deliveryId,
      now.toISOString(),
      outcome.status ?? null,
      isDelivered ? null : outcome.problem.slice(0, 500),
      ms,
    ],
  );
  await tx.query(
    `update webhook_deliveries set state = $2, leased_until = null,
      due_at = coalesce($3::timestamptz, due_at), settled_at = $4::timestamptz
    where id = $1 and state = 'pending'`,
    [
      deliveryId,
      isDelivered ? 'delivered' : dueAt ? 'pending' : 'dead',
      dueAt?.toISOString() ?? null,
      dueAt ? null : now.toISOString(),
    ],
  );
  if (!isDelivered) return;
  await tx.query(
    'update outbox set delivered_at = $2::timestamptz where id = $1 and delivered_at is null',
    [eventId, now.toISOString()],
  );
}

/** Gives a message back, as if it had not been tried. */
export async function releaseMessage(db: Queryable, { deliveryId }: Message): Promise<void> {
  await db.query(
    `update webhook_deliveries set leased_until = null, attempts = attempts - 1
    where id = $1 and state = 'pending'`,
    [deliveryId],
  );
}
