import type { Json } from '@forge/ecosystems';
import type { Queryable } from './database';

/** An attempt, also one that was refused. Never changed, never deleted. */
export interface AuditEntry {
  readonly at: Date;
  readonly actor: string;
  /** `publish`, `publish.denied`, `version.yanked` … */
  readonly action: string;
  /** `ecosystem:name` or `ecosystem:name@version`. */
  readonly subject: string;
  readonly detail: Json;
}

export async function recordAudit(
  tx: Queryable,
  { at, actor, action, subject, detail }: AuditEntry,
): Promise<void> {
  await tx.query(
    `insert into audit (at, actor, action, subject, detail)
    values ($1::timestamptz, $2, $3, $4, $5::json)`,
    [at.toISOString(), actor, action, subject, JSON.stringify(detail)],
  );
}

/** What others are told of, once it is committed. */
export interface OutboxEvent {
  readonly at: Date;
  readonly event: string;
  /** What it happened to; `version.published` happens once to each. */
  readonly aggregate: string;
  readonly payload: Json;
}

export async function announce(
  tx: Queryable,
  { at, event, aggregate, payload }: OutboxEvent,
): Promise<void> {
  await tx.query(
    `insert into outbox (event, aggregate, payload, created_at)
    values ($1, $2, $3::json, $4::timestamptz)`,
    [event, aggregate, JSON.stringify(payload), at.toISOString()],
  );
}
