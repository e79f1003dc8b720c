import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Result,
  type StoredPackage,
  type Wire,
  type WireContext,
  type WireRequest,
  type WireResponse,
  type WireRoute,
  type WireUpload,
} from '../../model';
import { installGuides } from './install-guides';
import { metadataOf, type RequirementFact } from './metadata';
import { isReserved, namePattern } from './names';
import { packageBody, releaseBody } from './protocol/api-body';
import { answer } from './protocol/answer';
import { changeRoutes } from './protocol/change-routes';
import { docsRoutes } from './protocol/docs-routes';
import { keyRoutes } from './protocol/key-routes';
import { refuse } from './protocol/refusal';
import { searchRoute } from './protocol/search-route';
import { upstream } from './protocol/upstream';
import {
  namesDocument,
  packageDocument,
  publicRepository,
  versionsDocument,
} from './protocol/registry-document';
import { storedMetadata } from './stored';
import { limits, openTarball } from './tarball';
import { isVersion } from './version-text';

const octets = 'application/octet-stream';
/**
 * The Hex API below `/api` and one repository below `/` (as `hexpm`) and below `/repos/NAME` (as NAME).
 */
export const wire: Wire = {
  routes: [...apiRoutes(), ...repositoryRoutes(''), ...repositoryRoutes('/repos/:repository')],
  bodyLimit: limits.packed,
  manyUploadsPerVersion: false,
  upstream,
  refuse,
  install: installGuides,
  settings: (baseUrl, token) => [
    `export HEX_API_URL=${baseUrl}/hex/api HEX_API_KEY=${token}`,
    'mix hex.publish package --yes',
    `curl -o forge-hex.pem ${baseUrl}/hex/public_key`,
    `mix hex.repo set hexpm --url ${baseUrl}/hex --public-key forge-hex.pem`,
  ],
};

function apiRoutes(): WireRoute[] {
  const publish = { kind: 'publish', method: 'POST', parse, respond: published } as const;
  const found = { kind: 'package', method: 'GET', packageName } as const;
  return [
    { kind: 'whoami', method: 'GET', path: '/api/users/me', respond: me },
    ...changeRoutes('/api'),
    ...changeRoutes('/api/repos/:repository'),
    ...docsRoutes('/api'),
    ...keyRoutes('/api'),
    ...docsRoutes('/api/repos/:repository'),
    searchRoute('/api'),
    searchRoute('/api/repos/:repository'),
    {
      kind: 'user',
      method: 'GET',
      path: '/api/users/:name',
      userName: ({ params }) => (params['name'] ?? '').replace(/@localhost$/, ''),
      respond: (isKnown, request) => (isKnown ? userBody(request) : notFound(request)),
    },
    { ...publish, path: '/api/packages/:name/releases' },
    { ...publish, path: '/api/publish' },
    { ...publish, path: '/api/repos/:repository/packages/:name/releases' },
    { ...publish, path: '/api/repos/:repository/publish' },
    {
      kind: 'whoami',
      method: 'GET',
      path: '/api/auth',
      respond: () => ({ status: 204, body: '' }),
    },
    {
      ...found,
      path: '/api/packages/:name/releases/:version',
      respond: (
        each: StoredPackage | undefined,
        request: WireRequest,
        { baseUrl }: WireContext,
      ) => {
        const version = each?.versions.find(
          ({ version: native }) => native === request.params['version'],
        );
        if (!each || !version) return notFound(request);
        return answer(request, 200, releaseBody(each, version, baseUrl));
      },
    },
    {
      ...found,
      path: '/api/packages/:name',
      respond: (each: StoredPackage | undefined, request: WireRequest, { baseUrl }: WireContext) =>
        each ? answer(request, 200, packageBody(each, baseUrl)) : notFound(request),
    },
  ];
}

/** Documents and tarballs; what stands there is signed with the name of the repository. */
function repositoryRoutes(base: string): WireRoute[] {
  const index = (path: string, render: typeof namesDocument): WireRoute => ({
    kind: 'index',
    method: 'GET',
    path: `${base}${path}`,
    respond: (packages, request, { keys }) =>
      bytes(render(packages, repositoryOf(request), keys.rsaPrivate)),
  });
  return [
    {
      kind: 'package',
      method: 'GET',
      path: `${base}/packages/:name`,
      packageName,
      respond: (found: StoredPackage | undefined, request, { keys }) =>
        found
          ? bytes(packageDocument(found, repositoryOf(request), keys.rsaPrivate))
          : notFound(request),
    },
    {
      kind: 'file',
      method: 'GET',
      path: `${base}/tarballs/:file`,
      // No name has a hyphen.
      file: ({ params: { file = '' } }) => {
        return { filename: file, contentType: octets, packageName: file.split('-', 1)[0] ?? '' };
      },
      respond: notFound,
    },
    {
      kind: 'file',
      method: 'GET',
      path: `${base}/docs/:file`,
      file: ({ params }) => ({ filename: params['file'] ?? '', contentType: octets }),
      respond: notFound,
    },
    // Mix asks which Hex is the newest (`/installs/hex-1.x.csv`); an empty list says "yours", a 404 is logged as a crash.
    {
      kind: 'static',
      method: 'GET',
      path: `${base}/installs/:file`,
      isOpen: true,
      respond: noInstalls,
    },
    index('/names', namesDocument),
    index('/versions', versionsDocument),
    {
      kind: 'static',
      method: 'GET',
      path: `${base}/public_key`,
      respond: (_, { keys }) => ({
        status: 200,
        headers: { 'content-type': 'application/x-pem-file' },
        body: keys.rsaPublic,
      }),
    },
  ];
}

/** The tarball is the body; its metadata says what it is, the path may say it too. */
function parse(request: WireRequest): Result<WireUpload> {
  const opened = openTarball(request.body);
  if (!opened.ok) return opened;
  const metadata = metadataOf(opened.value.metadata);
  const { name, version, requirements } = metadata;
  const problem =
    nameProblem(name, request.params['name']) ??
    versionProblem(version) ??
    requirementProblem(requirements);
  if (problem) return fail(problem);
  return ok({
    name,
    version,
    files: [{ filename: `${name}-${version}.tar`, bytes: request.body }],
    metadata: storedMetadata(metadata, opened.value.innerChecksum),
  });
}

function nameProblem(name: string, claimed: string | undefined): ForgeError | undefined {
  if (!namePattern.test(name) || isReserved(name))
    return new ForgeError('FORGE-R002', { what: `name: \`${name}\` is not a package name` });
  if (claimed !== undefined && claimed !== name) {
    const what = `the tarball is of \`${name}\`, the address of \`${claimed}\``;
    return new ForgeError('FORGE-R001', { what });
  }
  return undefined;
}

function requirementProblem(requirements: readonly RequirementFact[]): ForgeError | undefined {
  const stray = requirements.find(({ name }) => !namePattern.test(name));
  if (!stray) return undefined;
  const what = `\`${stray.name}\` is no name of a package to depend on`;
  return new ForgeError('FORGE-R001', { what });
}

function versionProblem(version: string): ForgeError | undefined {
  if (isVersion(version)) return undefined;
  return new ForgeError('FORGE-R003', { what: `version: \`${version}\` is not a version` });
}

function published(
  { name, version }: WireUpload,
  request: WireRequest,
  { baseUrl }: WireContext,
): WireResponse {
  const url = `${baseUrl}/api/packages/${name}/releases/${version}`;
  return answer(request, 201, { version, url, html_url: url });
}

/** Mix asks who publishes before it uploads, to offer the organizations of that user. */
function me(request: WireRequest, { user }: WireContext): WireResponse {
  const username = user ?? '';
  return answer(request, 200, { username, email: `${username}@localhost`, organizations: [] });
}

function userBody(request: WireRequest): WireResponse {
  const username = (request.params['name'] ?? '').replace(/@localhost$/, '');
  return answer(request, 200, { username, email: `${username}@localhost` });
}

function notFound(request: WireRequest): WireResponse {
  return answer(request, 404, { status: 404, message: 'Page not found' });
}

function bytes(body: Uint8Array): WireResponse {
  return { status: 200, headers: { 'content-type': octets }, body };
}

function noInstalls(): WireResponse {
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: '' };
}

function packageName({ params }: WireRequest): string {
  return params['name'] ?? '';
}

function repositoryOf({ params }: WireRequest): string {
  return params['repository'] ?? publicRepository;
}
