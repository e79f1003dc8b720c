import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Result,
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
import { answer } from './protocol/answer';
import { changeRoutes } from './protocol/change-routes';
import { docsRoutes } from './protocol/docs-routes';
import { keyRoutes } from './protocol/key-routes';
import { oauthRoutes } from './protocol/oauth-routes';
import { packageRoutes } from './protocol/package-routes';
import { refuse } from './protocol/refusal';
import { repositoryRoutes } from './protocol/repository-routes';
import { searchRoute } from './protocol/search-route';
import { upstream } from './protocol/upstream';
import { userRoutes } from './protocol/user-routes';
import { storedMetadata } from './stored';
import { limits, openTarball } from './tarball';
import { isVersion } from './version-text';

/**
 * The Hex API below `/api` and one repository below `/` (as `hexpm`) and below `/repos/NAME` (as NAME).
 */
export const wire: Wire = {
  routes: [
    ...userRoutes('/api'),
    ...keyRoutes('/api'),
    ...oauthRoutes('/api'),
    ...apiRoutes(),
    ...repositoryRoutes(''),
    ...repositoryRoutes('/repos/:repository'),
  ],
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
  return ['/api', '/api/repos/:repository'].flatMap((base) => [
    ...changeRoutes(base),
    ...docsRoutes(base),
    ...packageRoutes(base),
    searchRoute(base),
    ...publishRoutes(base),
  ]);
}

function publishRoutes(base: string): WireRoute[] {
  const publish = { kind: 'publish', method: 'POST', parse, respond: published } as const;
  return [
    { ...publish, path: `${base}/packages/:name/releases` },
    { ...publish, path: `${base}/publish` },
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
