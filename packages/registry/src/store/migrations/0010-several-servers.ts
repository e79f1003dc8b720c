import type { Migration } from '.';

/**
 * What several servers over one database need: a number that rises with every change of a package, so that what one
 * of them remembers can be told from what another one wrote since, and secrets that all of them have.
 */
export const severalServers: Migration = {
  id: '0010-several-servers',
  statements: [
    `alter table packages add column revision bigint not null default 0`,
    `create table secrets (
      name text primary key,
      value text not null,
      made_at timestamptz not null default now()
    )`,
  ],
};
