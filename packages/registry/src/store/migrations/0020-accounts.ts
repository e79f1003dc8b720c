import type { Migration } from '.';

/**
 * Users with passwords, tokens that outlive a start of the server, and sessions. A token of `kind` given
 * lives as long as the server that was started with it; `scopes` null is everything that its user may.
 * Revoked tokens and sessions stay as rows: who was let in when is part of the trail.
 */
export const accounts: Migration = {
  id: '0020-accounts',
  statements: [
    `alter table users add column id bigint generated always as identity unique,
      add column email text,
      add column password_hash text,
      add column is_admin boolean not null default false,
      add column blocked_at timestamptz`,
    `create unique index users_email on users (lower(email))`,
    `alter table tokens add column id bigint generated always as identity unique,
      add column kind text not null default 'given' check (kind in ('given', 'made')),
      add column name text not null default '',
      add column scopes json,
      add column expires_at timestamptz,
      add column revoked_at timestamptz`,
    `create index tokens_of_user on tokens (username)`,
    `create table sessions (
      jti text primary key,
      family text not null,
      username text not null references users,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz
    )`,
    `create index sessions_of_family on sessions (family)`,
    `create index sessions_of_user on sessions (username)`,
  ],
};
