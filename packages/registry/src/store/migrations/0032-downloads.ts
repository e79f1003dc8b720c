import type { Migration } from '.';

/** How often the files of a version were fetched, by day (UTC). Written now and then, not with every download. */
export const downloads: Migration = {
  id: '0032-downloads',
  statements: [
    `create table downloads (
      version_id bigint not null references versions,
      day date not null,
      count bigint not null,
      primary key (version_id, day)
    )`,
    `create index downloads_by_day on downloads (day)`,
  ],
};
