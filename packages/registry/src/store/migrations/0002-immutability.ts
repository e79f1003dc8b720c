import type { Migration } from '.';

/**
 * What was published stays as it is, whoever asks: a fixed SQLSTATE (`FR001`) for every attempt.
 * `yanked` and `delivered_at` stand outside the immutable set.
 */
export const immutability: Migration = {
  id: '0002-immutability',
  statements: [
    `create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% of % is immutable', lower(tg_op), tg_table_name using errcode = 'FR001';
    end $$`,
    `create trigger published_versions_are_immutable
      before update of id, package_id, version, state, published_at on versions
      for each row when (old.state = 'published') execute function refuse_change()`,
    `create trigger published_versions_stay before delete on versions
      for each row when (old.state = 'published') execute function refuse_change()`,
    `create trigger outbox_events_are_immutable
      before update of id, event, aggregate, payload, created_at on outbox
      for each row execute function refuse_change()`,
    ...['uploads', 'files', 'audit'].map(
      (table) => `create trigger ${table}_are_immutable before update or delete on ${table}
        for each row execute function refuse_change()`,
    ),
    ...['versions', 'uploads', 'files', 'audit'].map(
      (table) => `create trigger ${table}_are_not_truncated before truncate on ${table}
        for each statement execute function refuse_change()`,
    ),
  ],
};
