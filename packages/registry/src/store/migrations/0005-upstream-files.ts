import type { Migration } from '.';

/** Files of other registries, by the digest that their index promises; no version here refers to them. */
export const upstreamFiles: Migration = {
  id: '0005-upstream-files',
  statements: [
    `create table upstream_files (
      digest text primary key,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null
    )`,
  ],
};
