import type { Queryable } from '../store';
import type { Delivery } from './webhook';

const columns = `d.id, d.webhook_id as "webhookId", d.event_id as "eventId", o.event, o.aggregate, d.state,
  d.attempts, d.created_at as "createdAt", d.due_at as "dueAt", d.settled_at as "settledAt",
  a.status, a.problem
  from webhook_deliveries d join outbox o on o.id = d.event_id
  left join lateral (select status, problem from webhook_attempts a where a.delivery_id = d.id
    order by a.id desc limit 1) a on true`;

export interface DeliveryFilter {
  readonly webhookId: number;
  readonly state?: Delivery['state'] | undefined;
  /** An id; those before it. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What a webhook was told of, and what it will be, the newest first. */
export async function listDeliveries(
  db: Queryable,
  { webhookId, state, before, limit }: DeliveryFilter,
): Promise<readonly Delivery[]> {
  return db.query<Delivery>(
    `select ${columns} where d.webhook_id = $1 and ($2::text is null or d.state = $2)
      and ($3::int8 is null or d.id < $3) order by d.id desc limit $4`,
    [webhookId, state ?? null, before ?? null, limit],
  );
}

/** How many deliveries of a webhook are in each state. */
export type DeliveryCounts = Readonly<Record<Delivery['state'], number>>;

export async function countDeliveries(db: Queryable): Promise<ReadonlyMap<number, DeliveryCounts>> {
  const rows = await db.query<DeliveryCounts & { readonly id: number }>(
    `select webhook_id as id, count(*) filter (where state = 'pending')::int8 as pending,
      count(*) filter (where state = 'delivered')::int8 as delivered,
      count(*) filter (where state = 'dead')::int8 as dead
    from webhook_deliveries group by webhook_id`,
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** Tries one again from the start, whatever became of it. `undefined` where it is not one of this webhook. */
export async function redeliver(
  tx: Queryable,
  webhookId: number,
  id: number,
  now: Date,
): Promise<Pick<Delivery, 'id' | 'eventId'> | undefined> {
  const rows = await tx.query<Pick<Delivery, 'id' | 'eventId'>>(
    `update webhook_deliveries set state = 'pending', attempts = 0, due_at = $3::timestamptz,
      leased_until = null, settled_at = null
    where id = $2 and webhook_id = $1
      and exists (select from webhooks w where w.id = $1 and w.deleted_at is null)
    returning id, event_id as "eventId"`,
    [webhookId, id, now.toISOString()],
  );
  return rows[0];
}
