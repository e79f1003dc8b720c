import type { Migration } from '.';

/**
 * `uploads.metadata` is `json`, not `jsonb`: the order of keys has a meaning in some manifests
 * (conditions that are tried in turn), and jsonb forgets it.
 */
export const packages: Migration = {
  id: '0001-packages',
  statements: [
    `create table packages (
      id bigint generated always as identity primary key,
      ecosystem text not null,
      name text not null,
      normalized_name text not null,
      unique (ecosystem, normalized_name)
    )`,
    `create table versions (
      id bigint generated always as identity primary key,
      package_id bigint not null references packages,
      version text not null,
      state text not null check (state in ('draft', 'published')),
      published_at timestamptz,
      yanked boolean not null default false,
      unique (package_id, version),
      check ((state = 'published') = (published_at is not null))
    )`,
    `create table uploads (
      id bigint generated always as identity primary key,
      version_id bigint not null references versions,
      metadata json not null,
      uploaded_by text not null,
      uploaded_at timestamptz not null
    )`,
    `create index uploads_of_version on uploads (version_id)`,
    `create table files (
      id bigint generated always as identity primary key,
      upload_id bigint not null references uploads,
      package_id bigint not null references packages,
      version_id bigint not null references versions,
      filename text not null,
      size bigint not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      digests json not null,
      unique (package_id, filename)
    )`,
    `create index files_by_name on files (filename)`,
    `create index files_of_version on files (version_id)`,
    `create table tags (
      package_id bigint not null references packages,
      tag text not null,
      version_id bigint not null references versions,
      primary key (package_id, tag)
    )`,
    `create table outbox (
      id bigint generated always as identity primary key,
      event text not null,
      aggregate text not null,
      payload json not null,
      created_at timestamptz not null,
      delivered_at timestamptz,
      unique (aggregate, event)
    )`,
    `create index outbox_pending on outbox (id) where delivered_at is null`,
    `create table audit (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor text not null,
      action text not null,
      subject text not null,
      detail json not null
    )`,
    `create table tokens (
      sha256 text primary key,
      username text not null,
      ha1 json not null,
      created_at timestamptz not null
    )`,
  ],
};
