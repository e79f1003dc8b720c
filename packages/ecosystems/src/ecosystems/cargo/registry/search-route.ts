import type { Json, StoredPackage, WireRoute } from '../../../model';
import { json } from './answer';

/** `cargo search` 1.95: what it prints is name, newest version and description. */
export const searchRoute: WireRoute = {
  kind: 'search',
  method: 'GET',
  path: '/api/v1/crates',
  search({ query }) {
    const limit = Number(query['per_page'] ?? 10) || 10;
    return { text: query['q'] ?? '', limit, offset: ((Number(query['page']) || 1) - 1) * limit };
  },
  respond: ({ packages, total }) => json(200, { crates: packages.map(crateBody), meta: { total } }),
};

function crateBody({ name, versions }: StoredPackage): Json {
  const latest = versions.findLast(({ yanked }) => !yanked) ?? versions.at(-1);
  const { description } = (latest?.metadata ?? {}) as { readonly description?: Json };
  return { name, max_version: latest?.version ?? '', description: description ?? null };
}
