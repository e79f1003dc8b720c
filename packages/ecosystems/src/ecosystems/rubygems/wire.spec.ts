import { gunzipSync, inflateSync } from 'node:zlib';
import { digest, digestsOf } from '../../archive';
import type { StoredPackage, WireResponse, WireUpload } from '../../model';
import { contextAt, requestOf, routesIn } from '../../testing/wire-request';
import { buildGem, dependencyLines, type GemParts } from './testing/gem';
import { wire } from './wire';

const context = contextAt('http://127.0.0.1:1234/gems');

const parse = (body: Uint8Array) => routesIn(wire)('publish').parse(requestOf({ body }));

function uploadOf(parts: GemParts): WireUpload {
  const parsed = parse(buildGem(parts));
  if (!parsed.ok) throw parsed.problems[0];
  return parsed.value;
}

/** What the server keeps of uploads of one version each. */
function stored(...uploads: readonly WireUpload[]): StoredPackage {
  const versions = uploads.map(({ version, metadata, files }) => ({
    version,
    metadata,
    yanked: false,
    publishedAt: '2026-11-21T10:00:00Z',
    files: files.map(({ filename, bytes }) => ({
      filename,
      size: bytes.length,
      sha256: digest('sha256', bytes),
      digests: digestsOf(bytes),
    })),
  }));
  return { name: uploads[0]?.name ?? '', versions, tags: {}, owners: [] };
}

function get(
  path: string,
  found: StoredPackage,
  params: Record<string, string> = {},
): WireResponse {
  const route = wire.routes.find((each) => each.path === path);
  if (route?.kind === 'package') return route.respond(found, requestOf({ params }), context);
  if (route?.kind === 'index') return route.respond([found], requestOf({ params }), context);
  throw new Error(`no document at ${path}`);
}

describe('the upload of a gem', () => {
  it('takes name, version and platform from the gem', () => {
    const { name, version, files } = uploadOf({ platform: 'java' });
    expect([name, version, ...files.map(({ filename }) => filename)]).toEqual([
      'acme',
      '1.2.0',
      'acme-1.2.0-java.gem',
    ]);
  });

  it.each<[string, Uint8Array, string]>([
    ['no tar', Buffer.from('hello'), 'FORGE-R001'],
    ['a gem without a name', buildGem({ name: "''" }), 'FORGE-R001'],
    ['a name that is none', buildGem({ name: '../acme' }), 'FORGE-R002'],
    ['a name like an address', buildGem({ name: 'acme.json' }), 'FORGE-R002'],
    ['a version that is none', buildGem({ version: '1.2.0_1' }), 'FORGE-R003'],
    ['a platform that is a path', buildGem({ platform: '../x' }), 'FORGE-R001'],
    ['a wrong checksum', buildGem({ checksum: '00' }), 'FORGE-R004'],
  ])('refuses %s', (_, body, code) => {
    const parsed = parse(body);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('the index', () => {
  const upload = uploadOf({
    lines: [
      'summary: Acme',
      ...dependencyLines,
      'required_ruby_version: !ruby/object:Gem::Requirement',
      '  requirements:',
      '  - - ">="',
      '    - !ruby/object:Gem::Version',
      "      version: '2.7'",
    ],
  });
  const found = stored(upload, uploadOf({ version: '1.10', platform: 'x86_64-linux' }));
  const [first, second] = found.versions.map(({ files }) => files[0]?.sha256);
  const info = [
    '---',
    `1.2.0 core:~> 1.2&>= 1.10|checksum:${first},ruby:>= 2.7`,
    `1.10-x86_64-linux |checksum:${second}`,
    '',
  ].join('\n');

  it('tells resolvers what they need, with the MD5 that Bundler checks', () => {
    const response = get('/info/:name', found);
    expect(response.body).toBe(info);
    expect(response.headers).toMatchObject({ etag: `"${digest('md5', info)}"` });
  });

  it('lists all versions with the MD5 of the information', () => {
    expect(get('/versions', found).body).toBe(
      `created_at: 2026-11-21T10:00:00Z\n---\nacme 1.2.0,1.10-x86_64-linux ${digest('md5', info)}\n`,
    );
    expect(get('/names', found).body).toBe('---\nacme\n');
  });

  it('leaves out what is yanked', () => {
    const yanked = {
      ...found,
      versions: found.versions.map((each) => ({ ...each, yanked: true })),
    };
    expect(get('/info/:name', yanked).body).toBe('---\n');
    expect(get('/names', yanked).body).toBe('---\n');
  });

  it('answers the versions as JSON, a file each', () => {
    const { body } = get('/api/v1/versions/:file', found);
    expect(JSON.parse(String(body))).toMatchObject([
      { number: '1.2.0', platform: 'ruby', sha: first, prerelease: false },
      { number: '1.10', platform: 'x86_64-linux', sha: second },
    ]);
  });

  it('dumps the specification that `gem install` asks for', () => {
    const { status, body } = get('/quick/Marshal.4.8/:file', found, {
      file: 'acme-1.2.0.gemspec.rz',
    });
    const text = inflateSync(body).toString('latin1');
    expect(status).toBe(200);
    expect(text.startsWith('\x04\x08u:\x17Gem::Specification')).toBe(true);
    expect(text).toContain('U:\x11Gem::Version[\x06I"\x0a1.2.0\x06:\x06ET');
    expect(get('/quick/Marshal.4.8/:file', found, { file: 'acme-9.gemspec.rz' }).status).toBe(404);
  });

  it.each([
    ['/specs.4.8.gz', 'U:\x11Gem::Version[\x06I"\x0a1.2.0'],
    ['/latest_specs.4.8.gz', 'x86_64-linux'],
    ['/prerelease_specs.4.8.gz', '\x04\x08[\x00'],
  ])('dumps %s', (path, part) => {
    expect(gunzipSync(get(path, found).body).toString('latin1')).toContain(part);
  });
});

describe('refusals', () => {
  it.each([
    ['conflict', 409, 'Repushing of gem versions is not allowed'],
    ['unauthorized', 401, 'Access Denied'],
    ['forbidden', 403, 'You do not have permission'],
    ['invalid', 422, 'why'],
    ['too-large', 413, 'why'],
    ['not-found', 404, 'could not be found'],
  ] as const)('answers %s with %s and words', (kind, status, words) => {
    const response = wire.refuse({ kind, message: 'why' });
    expect(response.status).toBe(status);
    expect(response.body).toContain(words);
    // `gem push` would start to ask for a one-time password, or for e-mail and password.
    expect(response.body).not.toMatch(/^(You have enabled multifactor|The API key doesn't have)/);
  });
});
