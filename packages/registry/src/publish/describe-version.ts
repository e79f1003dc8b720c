import type { Description, Ecosystem } from '@forge/ecosystems';
import type { Publication } from './publish';

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
