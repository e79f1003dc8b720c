import type { Migration } from '.';

/**
 * Who outside may get a token for a package: identities of a provider, by their claims. A package need not be there
 * yet. An identity is used once: `used_identities` remembers the ones that are not over.
 */
export const trustedPublishers: Migration = {
  id: '0021-trusted-publishers',
  statements: [
    `create table trusted_publishers (
      id bigint generated always as identity primary key,
      ecosystem text not null,
      name text not null,
      issuer text not null,
      claims json not null,
      added_by text not null references users,
      added_at timestamptz not null
    )`,
    `create index trusted_publishers_of_package on trusted_publishers (ecosystem, name)`,
    `create table used_identities (
      sha256 text primary key,
      expires_at timestamptz not null
    )`,
  ],
};
