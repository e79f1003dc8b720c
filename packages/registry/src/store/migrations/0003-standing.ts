import type { Migration } from '.';

/**
 * What stands beside the published bytes and may change: why a version is yanked, which files were
 * taken back, who owns a package. Taking a file back is for good, so its trigger knows one direction.
 * Packages of earlier servers belong to whoever uploaded to them first.
 */
export const standing: Migration = {
  id: '0003-standing',
  statements: [
    `alter table versions add column notice json, add check (notice is null or yanked)`,
    `alter table files add column removed_at timestamptz,
      add column reusable boolean not null default false,
      add check (removed_at is not null or not reusable)`,
    `alter table files drop constraint files_package_id_filename_key`,
    `create unique index files_once on files (package_id, filename) where not reusable`,
    `drop trigger files_are_immutable on files`,
    `create trigger files_are_immutable
      before update of id, upload_id, package_id, version_id, filename, size, sha256, digests on files
      for each row execute function refuse_change()`,
    `create trigger removed_files_stay_removed before update of removed_at, reusable on files
      for each row when (old.removed_at is not null) execute function refuse_change()`,
    `create trigger files_stay before delete on files
      for each row execute function refuse_change()`,
    `create table users (username text primary key, created_at timestamptz not null)`,
    `insert into users select uploaded_by, min(uploaded_at) from uploads group by uploaded_by`,
    `create table owners (
      id bigint generated always as identity primary key,
      package_id bigint not null references packages,
      username text not null references users,
      added_by text not null,
      added_at timestamptz not null,
      unique (package_id, username)
    )`,
    `insert into owners (package_id, username, added_by, added_at)
      select distinct on (v.package_id) v.package_id, u.uploaded_by, u.uploaded_by, u.uploaded_at
      from uploads u join versions v on v.id = u.version_id order by v.package_id, u.id`,
    `alter table outbox drop constraint outbox_aggregate_event_key`,
    `create unique index outbox_published_once on outbox (aggregate)
      where event = 'version.published'`,
  ],
};
