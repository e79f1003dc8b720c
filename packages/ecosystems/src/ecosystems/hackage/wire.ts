import type { Refusal, Wire, WireRequest, WireRoute } from '../../model';
import { installGuides } from './install-guides';
import { candidateRoutes } from './registry/candidates';
import { changeRoutes } from './registry/change-routes';
import { deprecationRoutes } from './registry/deprecation-routes';
import { docsRoutes } from './registry/docs-routes';
import { renderIndex } from './registry/index-archive';
import { publishRoute, text } from './registry/plain-routes';
import { parseUpload } from './registry/upload-form';
import { versionRoutes } from './registry/version-routes';
import { secureRoutes } from './secure/routes';
import { upstream } from './upstream/upstream';

/** What cabal asks of a repository, with `secure: True` or without, and where it uploads to. */
export const wire: Wire = {
  routes: [
    ...['/upload', '/packages', '/packages/'].map((path) => publishRoute(path, parseUpload)),
    ...candidateRoutes,
    ...changeRoutes,
    ...docsRoutes,
    ...secureRoutes,
    {
      kind: 'index',
      method: 'GET',
      path: '/00-index.tar.gz',
      respond: (packages) => ({
        status: 200,
        headers: { 'content-type': 'application/x-gzip' },
        body: renderIndex(packages),
      }),
    },
    ...versionRoutes,
    ...deprecationRoutes,
    ...['/package/:file', '/package/:id/:file'].map(fileRoute),
  ],
  // Hackage's own limit.
  bodyLimit: 10 * 1024 * 1024,
  manyUploadsPerVersion: false,
  digestRealm: 'Hackage',
  upstream,
  refuse: (refusal) => text(statuses[refusal.kind], messageOf(refusal)),
  install: installGuides,
  // The name goes into the answer to a Digest challenge: with another one the token counts for nothing.
  settings: (baseUrl, token, user = 'forge') => [
    // A comment of cabal's: `#` is a field that it does not know (3.4).
    '-- a file that CABAL_CONFIG names, the token itself in it; run `cabal update` with it first',
    'repository forge',
    `  url: ${baseUrl}/hackage`,
    '  secure: False',
    `username: ${user}`,
    `password: ${token}`,
  ],
};

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 401,
  forbidden: 403,
  invalid: 400,
  conflict: 403,
  'too-large': 413,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
};

/** `classifyUpload` and people who know Hackage look for its wording of a conflict. */
function messageOf({ kind, code, message }: Refusal): string {
  if (kind !== 'conflict' || code === 'FORGE-R011') return message;
  return `This version of the package has already been uploaded: ${message}`;
}

/** cabal asks for `/package/N-V.tar.gz`; pages and other clients for `/package/N-V/N-V.tar.gz`. */
function fileRoute(path: string): WireRoute {
  return {
    kind: 'file',
    method: 'GET',
    path,
    file: ({ params }: WireRequest) => ({
      filename: params['file'] ?? '',
      contentType: 'application/x-gzip',
    }),
    respond: () => text(404, 'No such package version'),
  };
}
