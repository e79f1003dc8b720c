import type { Migration } from '.';

/**
 * Who else is told of events, and what became of it. An event is spread once, to whoever listened then; `delivered_at`
 * is when the first of them had it. Attempts are never changed.
 */
export const webhooks: Migration = {
  id: '0040-webhooks',
  statements: [
    `create table webhooks (
      id bigint generated always as identity primary key,
      url text not null,
      events text[] not null,
      packages text[] not null,
      sealed_secret text not null,
      created_by text not null,
      created_at timestamptz not null,
      deleted_at timestamptz
    )`,
    `create table webhook_deliveries (
      id bigint generated always as identity primary key,
      webhook_id bigint not null references webhooks,
      event_id bigint not null references outbox,
      state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
      attempts int not null default 0,
      due_at timestamptz not null,
      leased_until timestamptz,
      created_at timestamptz not null,
      settled_at timestamptz,
      unique (webhook_id, event_id)
    )`,
    `create index webhook_deliveries_due on webhook_deliveries (due_at) where state = 'pending'`,
    `create table webhook_attempts (
      id bigint generated always as identity primary key,
      delivery_id bigint not null references webhook_deliveries,
      at timestamptz not null,
      status int,
      problem text,
      ms int not null
    )`,
    `create index webhook_attempts_of_delivery on webhook_attempts (delivery_id)`,
    `create trigger webhook_attempts_are_immutable before update or delete on webhook_attempts
      for each row execute function refuse_change()`,
    `alter table outbox add column spread_at timestamptz`,
    `create index outbox_unspread on outbox (id) where spread_at is null`,
  ],
};
