import type { Json, StoredPackage, WireRoute } from '../../model';
import { versionMetadata } from './published-gem';

const pageSize = 30;

/**
 * The search of rubygems.org's API, for people and scripts. `gem search` 3.3 does not ask for it: it reads the full
 * indexes and searches in them by itself.
 */
export const searchRoute: WireRoute = {
  kind: 'search',
  method: 'GET',
  path: '/api/v1/search.json',
  search({ query }) {
    const page = Number(query['page']) || 1;
    return { text: query['query'] ?? '', limit: pageSize, offset: (page - 1) * pageSize };
  },
  respond: ({ packages }, _, { baseUrl }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(packages.map((found) => gemBody(found, baseUrl))),
  }),
};

function gemBody({ name, versions }: StoredPackage, baseUrl: string): Json {
  const latest = versions.findLast(({ yanked }) => !yanked) ?? versions.at(-1);
  if (!latest) return { name };
  const { summary, description, authors, licenses, homepage } = versionMetadata(latest.metadata);
  return {
    name,
    version: latest.version,
    version_created_at: latest.publishedAt,
    info: description || summary,
    authors: authors.join(', '),
    licenses,
    homepage_uri: homepage,
    sha: latest.files[0]?.sha256 ?? '',
    gem_uri: `${baseUrl}/gems/${latest.files[0]?.filename ?? ''}`,
  };
}
