import type { Refusal, Wire, WireRequest, WireResponse, WireRoute } from '../../model';
import { installGuides } from './install-guides';
import { normalizeName } from './names';
import { projectJson, releaseJson } from './release-json';
import { projectList, projectPage } from './simple-index';
import { trustedPublishingRoutes } from './trusted-publishing';
import { metadataSuffix, parseUpload } from './upload-form';
import { upstream } from './upstream';

/** What twine, uv and pip ask of an index: the legacy upload form, the simple index and the JSON API. */
export const wire: Wire = {
  routes: [
    ...['/legacy/', '/legacy'].map(publishRoute),
    { kind: 'index', method: 'GET', path: '/simple/', respond: projectList },
    { kind: 'static', method: 'GET', path: '/simple', respond: withSlash },
    packageRoute('/simple/:name/', (found, request, context) =>
      projectPage(found, request, context),
    ),
    { kind: 'static', method: 'GET', path: '/simple/:name', respond: withSlash },
    packageRoute('/pypi/:name/json', (found, _request, context) => projectJson(found, context)),
    packageRoute('/pypi/:name/:version/json', (found, { params }, context) =>
      releaseJson(found, params['version'] ?? '', context),
    ),
    {
      kind: 'file',
      method: 'GET',
      path: '/files/:name/:filename',
      file: ({ params }) => ({
        filename: params['filename'] ?? '',
        contentType: contentType(params['filename'] ?? ''),
        packageName: params['name'] ?? '',
      }),
      respond: notFound,
    },
  ],
  rootRoutes: trustedPublishingRoutes,
  // PyPI's limit for a file, and room for the other fields of the form.
  bodyLimit: 101 * 1024 * 1024,
  manyUploadsPerVersion: true,
  upstream,
  refuse: (refusal) => answer(statuses[refusal.kind], messageOf(refusal)),
  install: installGuides,
  settings: (baseUrl, token) => [
    '# twine and uv',
    `export TWINE_REPOSITORY_URL=${baseUrl}/pypi/legacy/ TWINE_USERNAME=__token__ TWINE_PASSWORD=${token}`,
    `export UV_PUBLISH_URL=${baseUrl}/pypi/legacy/ UV_PUBLISH_TOKEN=${token}`,
    '# pip and uv',
    `export PIP_INDEX_URL=${baseUrl}/pypi/simple/ UV_DEFAULT_INDEX=${baseUrl}/pypi/simple/`,
  ],
};

type PackageRoute = Extract<WireRoute, { kind: 'package' }>;
type Found = NonNullable<Parameters<PackageRoute['respond']>[0]>;

function publishRoute(path: string): WireRoute {
  return {
    kind: 'publish',
    method: 'POST',
    path,
    parse: parseUpload,
    respond: () => answer(200, 'OK'),
  };
}

function packageRoute(
  path: string,
  render: (
    found: Found,
    ...rest: Parameters<PackageRoute['respond']> extends [unknown, ...infer Rest] ? Rest : never
  ) => WireResponse | undefined,
): PackageRoute {
  return {
    kind: 'package',
    method: 'GET',
    path,
    packageName: ({ params }) => normalizeName(params['name'] ?? ''),
    respond: (found, request, context) => (found && render(found, request, context)) ?? notFound(),
  };
}

/** pip and uv ask with a slash at the end; people do not. */
function withSlash({ path }: WireRequest): WireResponse {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return { status: 301, headers: { location: `${encodeURIComponent(last)}/` }, body: '' };
}

function contentType(filename: string): string {
  if (filename.endsWith(metadataSuffix)) return 'text/plain; charset=utf-8';
  return filename.endsWith('.gz') ? 'application/gzip' : 'application/octet-stream';
}

/** PyPI says 403 also where it knows no token at all. */
const statuses: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 403,
  forbidden: 403,
  invalid: 400,
  conflict: 400,
  'too-large': 413,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
};

/** twine takes the refusal for "already there" by the words `already exist` (`--skip-existing`). */
function messageOf({ kind, code, message }: Refusal): string {
  if (kind === 'unauthorized') return 'Invalid or non-existent authentication information.';
  if (code === 'FORGE-R012')
    return `This filename was previously used by a file that has since been deleted: ${message}`;
  return kind === 'conflict' ? `File already exists: ${message}` : message;
}

/** twine prints the reason phrase and not the body; HTTP/2 has no phrase, so the body says it too. */
function answer(status: number, message: string): WireResponse {
  const reason = message.replace(/[^\x21-\x7e]+/g, ' ').slice(0, 400);
  return {
    status,
    reason,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: `${status} ${message}\n`,
  };
}

function notFound(): WireResponse {
  return answer(404, 'Not Found');
}
