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

function makeKey({ body }: WireRequest): Result<TokenOrder> {
  const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
  const scopes = Object.entries(rights).flatMap(([right, scope]) =>
    form.get(right) === 'true' ? [scope] : [],
  );
  const name = form.get('name') ?? 'gem signin';
  const wants = { name, ...(scopes.length > 0 ? { scopes: [...new Set(scopes)] } : {}) };
  return ok({ act: 'make', wants });
}

function render(path: string, secret: string): string {
  if (path.endsWith('.yaml')) return `---\n:rubygems_api_key: ${secret}\n`;
  return path.endsWith('.json') ? JSON.stringify({ rubygems_api_key: secret }) : secret;
}

function text(body: string) {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
