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
    description: toText(searchable(ecosystem, upload.name, manifest)),
  };
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
