import type { Migration } from '.';

/**
 * All blobs that are stored, or about to be. What refers to one does so by a foreign key: so nothing can refer to
 * bytes that are not there, and `collect.ts` finds what nobody refers to.
 */
export const blobs: Migration = {
  id: '0012-blobs',
  statements: [
    `create table blobs (
      sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null,
      stored_at timestamptz not null
    )`,
    `insert into blobs (sha256, size, stored_at) select sha256, max(size), now() from (
      select sha256, size from files union all select sha256, size from attachments
      union all select sha256, size from upstream_files) known group by sha256`,
    ...['files', 'attachments', 'upstream_files'].map(
      (table) => `alter table ${table} add foreign key (sha256) references blobs`,
    ),
    `create index files_by_blob on files (sha256)`,
    `create index attachments_by_blob on attachments (sha256)`,
    `create index upstream_files_by_blob on upstream_files (sha256)`,
  ],
};
