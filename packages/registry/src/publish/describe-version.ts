import type { Description, Ecosystem } from '@forge/ecosystems';
import type { Queryable } from '../store';
import type { Publication } from './publish';

/** A version that was just written. */
interface NewVersion {
  readonly packageId: number;
  readonly versionId: number;
  /** A fix of an old one says nothing of the package. */
  readonly isHighest: boolean;
}

/** Keeps what a new version says of itself, and what its package is found by from now on. */
export async function describeVersion(
  tx: Queryable,
  { packageId, versionId, isHighest }: NewVersion,
  { ecosystem, upload }: Publication,
): Promise<void> {
  const description = ecosystem.contents.describe(upload.metadata);
  await tx.query(
    `with kept as (insert into manifests (version_id, manifest) values ($2, $3::jsonb))
    insert into descriptions (package_id, summary, keywords, categories, dependencies, words)
    select $1, d.summary, array(select lower(json_array_elements_text(d.keywords))),
      array(select lower(json_array_elements_text(d.categories))),
      array(select json_array_elements_text(d.dependencies)), to_tsvector('english', d.words)
    from json_to_record($4::json) as d
      (summary text, keywords json, categories json, dependencies json, words text)
    on conflict (package_id) do update set (summary, keywords, categories, dependencies, words) =
      (excluded.summary, excluded.keywords, excluded.categories, excluded.dependencies, excluded.words)
      where $5`,
    [
      packageId,
      versionId,
      toText(description),
      toText(searchable(ecosystem, upload.name, description)),
      isHighest,
    ],
  );
}

/** What a search looks at. A dependency for development only makes nobody a dependent. */
function searchable(
  { normalizeName }: Ecosystem,
  name: string,
  { summary, keywords, categories, dependencies }: Description,
) {
  const needed = dependencies.filter(({ kind }) => kind !== 'dev');
  return {
    summary,
    keywords,
    categories,
    dependencies: [...new Set(needed.map((each) => normalizeName(each.name)))],
    words: [name, ...name.split(/[^\p{L}\p{N}]+/u), summary].join(' '),
  };
}

/** PostgreSQL takes no NUL in a text, and no more than a megabyte of words into an index. */
function toText(value: object): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? each.replaceAll('\0', '').slice(0, 10_000) : each,
  );
}
