import { ok, type Result, type TokenOrder, type WireRequest, type WireRoute } from '../../model';

/**
 * `gem signin`: name and password as Basic, the key as plain text. RubyGems 3.3 posts the scopes that were chosen;
 * before 3.2 it sent a GET, which some other clients still do.
 */
export const accountRoutes: readonly WireRoute[] = [
  ...(['POST', 'GET'] as const).flatMap((method) =>
    ['/api/v1/api_key', '/api/v1/api_key.yaml', '/api/v1/api_key.json'].map((path): WireRoute => ({
      kind: 'token',
      method,
      path,
      order: makeKey,
      respond: ([key]) => text(render(path, key?.secret ?? '')),
    })),
  ),
];

/** Rights of rubygems.org's keys, and what they are here. The others are for its own pages. */
const rights: Readonly<Record<string, string>> = {
  index_rubygems: 'read',
  push_rubygem: 'publish:rubygems',
  yank_rubygem: 'yank',
  add_owner: 'owners',
  remove_owner: 'owners',
};

/** Without a right that means something here, a key may read; only the old question has no rights, and means all. */
function makeKey({ method, body }: WireRequest): Result<TokenOrder> {
  const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
  const chosen = Object.entries(rights).flatMap(([right, scope]) =>
    form.get(right) === 'true' ? [scope] : [],
  );
  const name = form.get('name') ?? 'gem signin';
  if (method === 'GET') return ok({ act: 'make', wants: { name } });
  const scopes = chosen.length > 0 ? [...new Set(chosen)] : ['read'];
  return ok({ act: 'make', wants: { name, scopes } });
}

function render(path: string, secret: string): string {
  if (path.endsWith('.yaml')) return `---\n:rubygems_api_key: ${secret}\n`;
  return path.endsWith('.json') ? JSON.stringify({ rubygems_api_key: secret }) : secret;
}

function text(body: string) {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
