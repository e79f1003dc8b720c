import type { Migration } from '.';

/**
 * What published versions say of themselves, in neutral words, written by the transaction that publishes. Of each package
 * what its highest version said, which is what people search in. Of each version what it said when it came, for good:
 * pages and the API describe versions anew from what was uploaded, so that a better reader shows more of old ones, and
 * this says what was understood, and checked against the manifest of a draft, then.
 */
export const descriptions: Migration = {
  id: '0031-descriptions',
  statements: [
    `create table manifests (
      version_id bigint primary key references versions,
      manifest jsonb not null
    )`,
    `create trigger manifests_are_immutable before update or delete on manifests
      for each row execute function refuse_change()`,
    `create trigger manifests_are_not_truncated before truncate on manifests
      for each statement execute function refuse_change()`,
    `create table descriptions (
      package_id bigint primary key references packages,
      summary text not null,
      keywords text[] not null,
      categories text[] not null,
      dependencies text[] not null,
      words tsvector not null
    )`,
    `create index descriptions_words on descriptions using gin (words)`,
    `create index descriptions_keywords on descriptions using gin (keywords)`,
    `create index descriptions_categories on descriptions using gin (categories)`,
    `create index descriptions_dependencies on descriptions using gin (dependencies)`,
    `create index packages_by_name on packages (normalized_name text_pattern_ops)`,
  ],
};
