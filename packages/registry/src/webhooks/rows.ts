import type { Queryable } from '../store';
import type { Webhook } from './webhook';

const columns = `id, url, events, packages, created_by as "createdBy", created_at as "createdAt"`;

export interface NewWebhook extends Omit<Webhook, 'id'> {
  readonly sealedSecret: string;
}

/** Adds a webhook. It is told of what happens from now on: what nobody was told of yet goes to the others alone. */
export async function insertWebhook(tx: Queryable, webhook: NewWebhook): Promise<Webhook> {
  const { url, events, packages, sealedSecret, createdBy, createdAt } = webhook;
  const rows = await tx.query<Webhook>(
    `insert into webhooks (url, events, packages, sealed_secret, created_by, created_at)
    values ($1, array(select json_array_elements_text($2::json)),
      array(select json_array_elements_text($3::json)), $4, $5, $6::timestamptz)
    returning ${columns}`,
    [
      url,
      JSON.stringify(events),
      JSON.stringify(packages),
      sealedSecret,
      createdBy,
      createdAt.toISOString(),
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('an inserted webhook gives no row');
  return row;
}

export async function listWebhooks(db: Queryable): Promise<readonly Webhook[]> {
  return db.query<Webhook>(`select ${columns} from webhooks where deleted_at is null order by id`);
}

export async function findWebhook(db: Queryable, id: number): Promise<Webhook | undefined> {
  const sql = `select ${columns} from webhooks where id = $1 and deleted_at is null`;
  return (await db.query<Webhook>(sql, [id]))[0];
}

/** Nothing more goes there, and its secret is forgotten; what was told stays in the list. */
export async function deleteWebhook(
  tx: Queryable,
  id: number,
  now: Date,
): Promise<Webhook | undefined> {
  const rows = await tx.query<Webhook>(
    `update webhooks set deleted_at = $2::timestamptz, sealed_secret = ''
    where id = $1 and deleted_at is null returning ${columns}`,
    [id, now.toISOString()],
  );
  if (rows.length > 0) {
    await tx.query(
      `update webhook_deliveries set state = 'dead', settled_at = $2::timestamptz
      where webhook_id = $1 and state = 'pending'`,
      [id, now.toISOString()],
    );
  }
  return rows[0];
}
