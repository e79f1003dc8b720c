import type { Migration } from '.';

/** What an index to which is only added has told so far, in order. */
export const indexLog: Migration = {
  id: '0050-index-log',
  statements: [
    `create table index_log (
      id bigint generated always as identity primary key,
      ecosystem text not null,
      path text not null,
      -- Base64: descriptions are bytes of any encoding.
      content text not null,
      at timestamptz not null
    )`,
    `create index index_log_of on index_log (ecosystem, id)`,
    `create trigger index_log_is_immutable before update or delete on index_log
      for each row execute function refuse_change()`,
    `create trigger index_log_is_not_truncated before truncate on index_log
      for each statement execute function refuse_change()`,
  ],
};
