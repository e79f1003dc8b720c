import type { Migration } from '.';

/**
 * Versions that are put together piece by piece. A draft reserves nothing: the package comes into being with its
 * first version. What is closed stays as it is (`FR001`); one version has one open draft.
 */
export const drafts: Migration = {
  id: '0030-drafts',
  statements: [
    `create table drafts (
      id bigint generated always as identity primary key,
      ecosystem text not null,
      normalized_name text not null,
      name text not null,
      version text not null,
      state text not null default 'open' check (state in ('open', 'published', 'abandoned', 'expired')),
      revision int not null default 0,
      manifest json,
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      closed_at timestamptz,
      check ((state = 'open') = (closed_at is null))
    )`,
    `create unique index drafts_open on drafts (ecosystem, normalized_name, version)
      where state = 'open'`,
    `create index drafts_expiring on drafts (expires_at) where state = 'open'`,
    `create trigger closed_drafts_stay_closed before update or delete on drafts
      for each row when (old.state <> 'open') execute function refuse_change()`,
    `create table draft_entries (
      draft_id bigint not null references drafts,
      path text not null,
      size bigint not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      added_by text not null,
      added_at timestamptz not null,
      primary key (draft_id, path)
    )`,
    `create index draft_entries_by_blob on draft_entries (sha256)`,
    `create function refuse_entry() returns trigger language plpgsql as $$
    begin
      if exists (select from drafts where id = new.draft_id and state <> 'open') then
        raise exception 'a closed draft takes no entries' using errcode = 'FR001';
      end if;
      return new;
    end $$`,
    `create trigger closed_drafts_take_no_entries before insert on draft_entries
      for each row execute function refuse_entry()`,
    `create trigger draft_entries_are_immutable before update or delete on draft_entries
      for each row execute function refuse_change()`,
    // Bytes that were sent and to which no version refers yet.
    `create table staged_blobs (
      sha256 text primary key references blobs,
      size bigint not null,
      staged_by text not null,
      staged_at timestamptz not null
    )`,
  ],
};
