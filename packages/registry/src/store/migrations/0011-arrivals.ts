import type { Migration } from '.';

/**
 * The order in which versions became public, which is not that of their ids: drafts wait, and transactions side by
 * side end in another order than they began.
 */
export const arrivals: Migration = {
  id: '0011-arrivals',
  statements: [
    `alter table versions add column arrival bigint unique`,
    `update versions set arrival = id where state = 'published'`,
    `create sequence arrivals`,
    `select setval('arrivals', coalesce(max(id), 1), max(id) is not null) from versions`,
    `alter table versions add check ((state = 'published') = (arrival is not null))`,
    `drop trigger published_versions_are_immutable on versions`,
    `create trigger published_versions_are_immutable
      before update of id, package_id, version, state, published_at, arrival on versions
      for each row when (old.state = 'published') execute function refuse_change()`,
  ],
};
