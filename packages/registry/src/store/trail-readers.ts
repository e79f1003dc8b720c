import type { Json } from '@forge/ecosystems';
import type { Queryable } from './database';

/** A row of the audit, as it is read. */
export interface ToldAttempt {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Json;
}

interface Page {
  readonly after: number;
  readonly limit: number;
}

/** Attempts in the order in which they were made; of one package with all its versions, if `package` names one. */
export async function listAudit(
  db: Queryable,
  {
    of,
    actor,
    after,
    limit,
  }: Page & { readonly of?: string | undefined; readonly actor?: string | undefined },
): Promise<readonly ToldAttempt[]> {
  return db.query<ToldAttempt>(
    `select id, at, actor, action, subject, detail from audit
    where id > $3 and ($1::text is null or subject = $1 or starts_with(subject, $1 || '@'))
      and ($2::text is null or actor = $2) order by id limit $4`,
    [of ?? null, actor ?? null, after, limit],
  );
}

/** A row of the outbox, as it is read. */
export interface ToldEvent {
  readonly id: number;
  readonly event: string;
  readonly aggregate: string;
  readonly payload: Json;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

/** Events in the order in which they happened; `pending`: those that nobody was told of yet. */
export async function listEvents(
  db: Queryable,
  {
    aggregate,
    pending,
    after,
    limit,
  }: Page & { readonly aggregate?: string | undefined; readonly pending: boolean },
): Promise<readonly ToldEvent[]> {
  return db.query<ToldEvent>(
    `select id, event, aggregate, payload, created_at as "createdAt", delivered_at as "deliveredAt"
    from outbox where id > $3 and ($1::text is null or aggregate = $1)
      and (not $2 or delivered_at is null) order by id limit $4`,
    [aggregate ?? null, pending, after, limit],
  );
}

export async function countPending(db: Queryable): Promise<number> {
  const rows = await db.query<{ count: number }>(
    'select count(*)::int8 as count from outbox where delivered_at is null',
  );
  return rows[0]?.count ?? 0;
}
