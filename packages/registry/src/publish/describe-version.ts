import type { Description, Ecosystem } from '@forge/ecosystems';
import type { Publication } from './publish';
import { tameText } from './tame-text';

/** What a version says of itself, and what its package is found by when no version is higher, both as JSON. */
export interface DescribedVersion {
  readonly manifest: string;
  readonly description: string;
}

export function describeVersion({ ecosystem, upload }: Publication): DescribedVersion {
  const manifest = ecosystem.contents.describe(upload.metadata);
  return {
    manifest: toText(manifest),
    description: descriptionOf(ecosystem, upload.name, manifest),
  };
}

/** What a package is found by that is described so, as JSON. */
export function descriptionOf(ecosystem: Ecosystem, name: string, manifest: Description): string {
  return toText(searchable(ecosystem, name, manifest));
}

/** Writes what a package is found by, where the condition holds or nothing is written yet. Each is a parameter. */
export function describe(packageId: string, description: string, condition: string): string {
  return `
    insert into descriptions (package_id, summary, keywords, categories, dependencies, words)
    select ${packageId}::bigint, d.summary, array(select lower(json_array_elements_text(d.keywords))),
      array(select lower(json_array_elements_text(d.categories))),
      array(select json_array_elements_text(d.dependencies)), to_tsvector('english', d.words)
    from json_to_record(${description}::json) as d
      (summary text, keywords json, categories json, dependencies json, words text)
    on conflict (package_id) do update set (summary, keywords, categories, dependencies, words) =
      (excluded.summary, excluded.keywords, excluded.categories, excluded.dependencies, excluded.words)
      where ${condition}::boolean
  `;
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
    keywords: keywords.filter(isIndexed),
    categories: categories.filter(isIndexed),
    dependencies: [...new Set(needed.map((each) => normalizeName(each.name)))].filter(isIndexed),
    words: [name, ...name.split(/[^\p{L}\p{N}]+/u), summary].join(' '),
  };
}

/** An entry of an index is a third of a page at most, 2,700 bytes; nobody looks for a word of this length. */
function isIndexed(text: string): boolean {
  return Buffer.byteLength(text) <= 500;
}

/** PostgreSQL takes no more than a megabyte of words into an index. */
function toText(value: object): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? tameText(each, 10_000) : each,
  );
}
