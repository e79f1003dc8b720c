import type { Json, StoredPackage, WireRoute } from '../../model';
import { json } from './answer';
import { contents } from './contents';
import { renderTags } from './packument';
import { accountOf } from './standing';

/** `npm search` 11, which asks for 20 at a time and ranks nothing by itself. */
export const searchRoute: WireRoute = {
  kind: 'search',
  method: 'GET',
  path: '/-/v1/search',
  search: ({ query }) => ({
    text: query['text'] ?? '',
    limit: Number(query['size'] ?? 20) || 20,
    offset: Number(query['from'] ?? 0) || 0,
  }),
  respond: ({ packages, total }, _, { baseUrl }) =>
    json(200, { objects: packages.flatMap((found) => objectOf(found, baseUrl)), total }),
};

const score = { final: 1, detail: { quality: 1, popularity: 1, maintenance: 1 } };

function objectOf(found: StoredPackage, baseUrl: string): Json[] {
  const latest = renderTags(found)['latest'];
  const version = found.versions.find((each) => each.version === latest) ?? found.versions.at(-1);
  if (!version) return [];
  const { summary, keywords } = contents.describe(version.metadata);
  const people = found.owners.map((user) => ({ username: user, email: accountOf(user).email }));
  const about = {
    name: found.name,
    version: version.version,
    description: summary,
    keywords,
    date: version.publishedAt,
    links: { npm: `${baseUrl}/${found.name}` },
    maintainers: people,
    publisher: people[0] ?? { username: '', email: '' },
  };
  return [{ package: about, score, searchScore: 1 }];
}
