import type { Refusal, Wire, WireResponse, WireRoute } from '../../model';
import { accountRoutes } from './account-routes';
import { json, namesOf, packageName } from './answer';
import { changeRoutes } from './change-routes';
import { installGuides } from './install-guides';
import { registryAt } from './names';
import { renderDocument, renderTags } from './packument';
import { parsePublish } from './publish-request';
import { searchRoute } from './search-route';
import { trustedPublishingRoutes } from './trusted-publishing';
import { upstream } from './upstream';

/** The attachment is base64, so this takes a tarball of 190 MB. */
const bodyLimit = 256 * 1024 ** 2;

/** Clients send `@scope%2fname` (npm), `@scope/name` (yarn) or both, so each route has both forms. */
const routes: readonly WireRoute[] = [
  ...changeRoutes,
  ...accountRoutes,
  { kind: 'static', method: 'GET', path: '/-/ping', isOpen: true, respond: () => json(200, {}) },
  {
    kind: 'whoami',
    method: 'GET',
    path: '/-/whoami',
    respond: (_, { user }) => json(200, { username: user ?? '' }),
  },
  searchRoute,
  ...['/-/package/:name/dist-tags', '/-/package/:scope/:name/dist-tags'].map((path): WireRoute => ({
    kind: 'package',
    method: 'GET',
    path,
    packageName: ({ params }) => packageName(params),
    respond: (found) => (found ? json(200, renderTags(found)) : notFound()),
  })),
  ...['/:name/-/:file', '/:scope/:name/-/:file', '/:scope/:name/-/:fileScope/:file'].map(
    (path): WireRoute => ({
      kind: 'file',
      method: 'GET',
      path,
      file: ({ params }) => ({
        filename: params['file'] ?? '',
        contentType: 'application/octet-stream',
        packageName: packageName(params),
      }),
      respond: notFound,
    }),
  ),
  ...['/:name', '/:scope/:name', '/:scope/:name/:version'].map((path): WireRoute => ({
    kind: 'package',
    method: 'GET',
    path,
    packageName: ({ params }) => namesOf(params).name,
    respond: (found, { params, headers }, context) => {
      const document = found && renderDocument(found, namesOf(params), headers, context.baseUrl);
      return document ? json(200, document.body, document.type) : notFound();
    },
  })),
  ...['/:name', '/:scope/:name'].map((path): WireRoute => ({
    kind: 'publish',
    method: 'PUT',
    path,
    parse: (request) => parsePublish(packageName(request.params), request.body),
    respond: () => json(201, { ok: 'created new entry', success: true }),
  })),
];

/** npm 11 prints `error` of the body and nothing else. */
export const wire: Wire = {
  routes,
  rootRoutes: trustedPublishingRoutes,
  bodyLimit,
  manyUploadsPerVersion: false,
  upstream,
  refuse: (refusal) => json(statusOf(refusal), { error: explain(refusal) }),
  install: installGuides,
  settings: (baseUrl, token) => {
    const registry = `${registryAt(baseUrl)}/`;
    return [
      '# .npmrc',
      `registry=${registry}`,
      `${registry.replace(/^https?:/, '')}:_authToken=${token}`,
    ];
  },
};

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
  invalid: 400,
  // Of a document that somebody else has changed meanwhile; of a version see below.
  conflict: 409,
  'too-large': 413,
};

/** As the public registry: 409 would be taken for a race of two writers. */
function isTaken({ kind, version }: Refusal): boolean {
  return kind === 'conflict' && version !== undefined;
}

function statusOf(refusal: Refusal): number {
  return isTaken(refusal) ? 403 : statuses[refusal.kind];
}

function explain(refusal: Refusal): string {
  const { message, version } = refusal;
  if (!isTaken(refusal)) return message;
  return `You cannot publish over the previously published versions: ${version ?? message}.`;
}

function notFound(): WireResponse {
  return json(404, { error: 'Not found' });
}
