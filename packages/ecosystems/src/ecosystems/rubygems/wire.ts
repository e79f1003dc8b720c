import { digest } from '../../archive';
import {
  ok,
  type Refusal,
  type Result,
  type StoredPackage,
  type Wire,
  type WireRequest,
  type WireResponse,
  type WireUpload,
} from '../../model';
import { accountRoutes } from './account-routes';
import { changeRoutes } from './change-routes';
import { infoDocument, namesDocument, versionsDocument } from './compact-index';
import { fullIndex, fullIndexes } from './full-index';
import { readGem } from './gem-file';
import { gemFilename } from './gem-filename';
import { installGuides } from './install-guides';
import { publishedGems, toJson } from './published-gem';
import { nameOfStem, quickSpec } from './quick-spec';
import { searchRoute } from './search-route';
import { trustedPublishingRoutes } from './trusted-publishing';
import { checkSpecification } from './upload-rules';
import { upstream } from './upstream';

/** The largest gem that rubygems.org takes. */
const bodyLimit = 500 * 1024 * 1024;

/** The JSON API that `gem push` needs, and the compact index that RubyGems 3.2 and Bundler 2 install from. */
export const wire: Wire = {
  bodyLimit,
  manyUploadsPerVersion: true,
  routes: [
    // RubyGems 3.3 asks for the base to learn that there is a compact index, RubyGems 4 for `versions`.
    {
      kind: 'static',
      method: 'GET',
      path: '/',
      respond: () => text(200, 'RubyGems compact index\n'),
    },
    { kind: 'publish', method: 'POST', path: '/api/v1/gems', parse, respond: registered },
    ...changeRoutes,
    searchRoute,
    ...accountRoutes,
    ...trustedPublishingRoutes,
    {
      kind: 'package',
      method: 'GET',
      path: '/api/v1/versions/:file',
      packageName: ({ params }) => (params['file'] ?? '').replace(/\.json$/, ''),
      respond: (found) => (found ? versionsJson(publishedGems(found)) : notFound()),
    },
    {
      kind: 'index',
      method: 'GET',
      path: '/versions',
      respond: (all) => document(versionsDocument(all)),
    },
    {
      kind: 'index',
      method: 'GET',
      path: '/names',
      respond: (all) => document(namesDocument(all)),
    },
    {
      kind: 'package',
      method: 'GET',
      path: '/info/:name',
      packageName: ({ params }) => params['name'] ?? '',
      respond: (found) => (found ? document(infoDocument(found)) : notFound()),
    },
    ...fullIndexes.map((kind) => ({
      kind: 'index' as const,
      method: 'GET' as const,
      path: `/${kind}.4.8.gz`,
      respond: (all: readonly StoredPackage[]) => binary(fullIndex(kind, all)),
    })),
    {
      kind: 'package',
      method: 'GET',
      path: '/quick/Marshal.4.8/:file',
      packageName: (request) => nameOfStem(stemOf(request)),
      respond: (found, request) => quickDocument(found, `${stemOf(request)}.gem`),
    },
    {
      kind: 'file',
      method: 'GET',
      path: '/gems/:filename',
      file: ({ params }) => ({
        filename: params['filename'] ?? '',
        contentType: 'application/octet-stream',
      }),
      respond: notFound,
    },
  ],
  refuse,
  upstream,
  install: installGuides,
  settings: (baseUrl, token) => [
    `export GEM_HOST_API_KEY=${token}`,
    `gem push NAME-VERSION.gem --host ${baseUrl}/gems`,
    `gem install NAME --clear-sources --source ${baseUrl}/gems/`,
    `export BUNDLE_MIRROR__ALL=${baseUrl}/gems/`,
  ],
};

/** The body is the gem itself; everything is taken from its own metadata. */
function parse({ body }: WireRequest): Result<WireUpload> {
  const gem = readGem(body);
  if (!gem.ok) return gem;
  const checked = checkSpecification(gem.value.specification);
  if (!checked.ok) return checked;
  const { name, version, platform, dependencies, ruby, rubygems, ...described } = checked.value;
  const filename = gemFilename(name, version, platform);
  const gems = { [filename]: { platform, dependencies, ruby, rubygems } };
  const files = [{ filename, bytes: body }];
  return ok({ name, version, files, metadata: toJson({ ...described, gems }) });
}

function registered({ name, version }: WireUpload): WireResponse {
  return text(200, `Successfully registered gem: ${name} (${version})\n`);
}

function stemOf({ params }: WireRequest): string {
  return (params['file'] ?? '').replace(/\.gemspec\.rz$/, '');
}

function quickDocument(found: StoredPackage | undefined, filename: string): WireResponse {
  const gem = found && publishedGems(found).find((each) => each.filename === filename);
  if (!gem) return notFound();
  return binary(quickSpec(found.name, gem));
}

/** Plain text, which `gem push` prints as it is; never the openings at which it starts to ask questions. */
function refuse({ kind, code, message }: Refusal): WireResponse {
  const answers: Record<Refusal['kind'], WireResponse> = {
    unauthorized: text(401, 'Access Denied. Use an API key of this registry.\n'),
    forbidden: text(403, `You do not have permission to push to this gem: ${message}\n`),
    invalid: text(422, `There was a problem saving your gem: ${message}\n`),
    conflict: text(409, `${conflicts[code ?? 'FORGE-R006'] ?? message}\n`),
    'too-large': text(413, `The gem is too large: ${message}\n`),
    'not-found': code === undefined ? notFound() : text(404, `${message}\n`),
    unreachable: text(502, `${message}\n`),
    'too-many': text(429, `${message}\n`),
  };
  return answers[kind];
}

/** In the words of rubygems.org, by which clients know them. */
const conflicts: Readonly<Record<string, string>> = {
  'FORGE-R006': 'Repushing of gem versions is not allowed. Publish under a new version.',
  'FORGE-R012': 'A yanked version already exists. Publish under a new version.',
};

function versionsJson(gems: ReturnType<typeof publishedGems>): WireResponse {
  const listed = gems.map(({ version, record, sha256, publishedAt, prerelease }) => ({
    number: version,
    platform: record.platform,
    sha: sha256,
    prerelease,
    created_at: publishedAt,
  }));
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 200, headers, body: JSON.stringify(listed) };
}

function notFound(): WireResponse {
  return text(404, 'This rubygem could not be found.\n');
}

/** Bundler 2.3 compares the entity tag with the MD5 of what it has put together. */
function document(body: string): WireResponse {
  const { status, headers } = text(200, body);
  return { status, headers: { ...headers, etag: `"${digest('md5', body)}"` }, body };
}

function binary(body: Uint8Array): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
}

function text(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
