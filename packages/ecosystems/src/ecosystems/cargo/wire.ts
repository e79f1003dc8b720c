import type { Refusal, StoredPackage, Wire, WireRequest, WireResponse } from '../../model';
import { installGuides } from './install-guides';
import { json } from './registry/answer';
import { changeRoutes } from './registry/change-routes';
import { renderIndexFile } from './registry/index-file';
import { searchRoute } from './registry/search-route';
import { limits } from './registry/crate-rules';
import { parseUpload } from './registry/upload';
import { trustedPublishingRoutes } from './registry/trusted-publishing';
import { upstream } from './registry/upstream';

const statusOf: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 401,
  forbidden: 403,
  invalid: 400,
  // crates.io answers a duplicate with 400, not 409.
  conflict: 400,
  'too-large': 413,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
};

/** The registry web API and the sparse index, as cargo 1.95 asks for them. */
export const wire: Wire = {
  bodyLimit: limits.crateBytes + limits.jsonBytes + 8,
  manyUploadsPerVersion: false,
  upstream,
  routes: [
    {
      kind: 'static',
      method: 'GET',
      path: '/index/config.json',
      respond: (_request, { baseUrl, readsNeedToken = false }) =>
        json(200, {
          dl: `${baseUrl}/dl`,
          api: baseUrl,
          // cargo 1.95 then sends its token with every read, and wants a credential provider for it.
          ...(readsNeedToken ? { 'auth-required': true } : {}),
        }),
    },
    { ...indexRoute(), path: '/index/:length/:name' },
    { ...indexRoute(), path: '/index/:first/:second/:name' },
    {
      kind: 'publish',
      method: 'PUT',
      path: '/api/v1/crates/new',
      parse: ({ body }) => parseUpload(body),
      respond: () =>
        json(200, { warnings: { invalid_categories: [], invalid_badges: [], other: [] } }),
    },
    {
      kind: 'file',
      method: 'GET',
      path: '/dl/:name/:version/download',
      file: ({ params }) => ({
        filename: `${params['name']}-${params['version']}.crate`,
        contentType: 'application/gzip',
        packageName: params['name'] ?? '',
      }),
      respond: () => refuse({ kind: 'not-found', message: 'no such crate' }),
    },
    searchRoute,
    ...changeRoutes,
    ...trustedPublishingRoutes,
  ],
  refuse,
  install: installGuides,
  settings: (baseUrl, token) => [
    `export CARGO_REGISTRIES_FORGE_INDEX="sparse+${baseUrl}/cargo/index/"`,
    `export CARGO_REGISTRIES_FORGE_TOKEN="${token}"`,
    `cargo publish --registry forge --config 'source.crates-io.replace-with="forge"'`,
  ],
};

function indexRoute(): Omit<Extract<Wire['routes'][number], { kind: 'package' }>, 'path'> {
  return {
    kind: 'package',
    method: 'GET',
    packageName: ({ params }) => params['name'] ?? '',
    respond: renderIndex,
  };
}

/** cargo asks for `foo_bar` also when somebody meant `foo-bar`; only the crate's own spelling is there. */
function renderIndex(found: StoredPackage | undefined, { params }: WireRequest): WireResponse {
  if (!found || found.name.toLowerCase() !== params['name'])
    return refuse({ kind: 'not-found', message: 'no such crate' });
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return { status: 200, headers, body: renderIndexFile(found) };
}

/** cargo prints `detail` for every status, also for 200. */
function refuse({ kind, message, version }: Refusal): WireResponse {
  const detail =
    kind === 'conflict' && version !== undefined
      ? `crate version \`${version}\` is already uploaded`
      : message;
  return json(statusOf[kind], { errors: [{ detail }] });
}
