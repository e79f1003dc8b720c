import type { Migration } from '.';

/** Files beside a version that may be replaced, documentation above all. Their names are not those of files. */
export const attachments: Migration = {
  id: '0004-attachments',
  statements: [
    `create table attachments (
      package_id bigint not null references packages,
      version_id bigint not null references versions,
      filename text not null,
      size bigint not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      digests json not null,
      attached_by text not null,
      attached_at timestamptz not null,
      primary key (package_id, filename)
    )`,
    `create index attachments_by_name on attachments (filename)`,
    `create index attachments_of_version on attachments (version_id)`,
  ],
};
