import { digestsOf } from '../../archive';
import type { StoredPackage, WireUpload } from '../../model';
import { contextAt, requestOf, routesIn } from '../../testing/wire-request';
import { npm } from '.';
import { packTarball, publishBody } from './testing/tarball';

const context = contextAt('http://127.0.0.1:4873/npm');
const manifest = {
  name: '@acme/demo',
  version: '1.3.0',
  scripts: { install: 'node a' },
  os: ['linux'],
};
const tarball = packTarball({ 'package.json': JSON.stringify(manifest), 'a.js': 'a' });
const endpoints = npm.endpointsAt('http://127.0.0.1:4873');
const route = routesIn(npm.wire);

function parse(document: unknown, params: Record<string, string> = { name: '@acme/demo' }) {
  const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return route('publish', '/:name').parse(requestOf({ params, method: 'PUT', body }));
}

function stored(...uploads: WireUpload[]): StoredPackage {
  return {
    name: '@acme/demo',
    tags: Object.assign({}, ...uploads.map(({ tags }) => tags)),
    owners: ['ada'],
    versions: uploads.map(({ version, metadata, files }) => ({
      version,
      metadata,
      yanked: false,
      publishedAt: '2026-01-02T03:04:05.000Z',
      files: files.map(({ filename, bytes }) => {
        const digests = digestsOf(bytes);
        return { filename, size: bytes.length, sha256: digests[0]?.value ?? '', digests };
      }),
    })),
  };
}

function published(): StoredPackage {
  const upload = parse(publishBody(manifest, tarball));
  if (!upload.ok) throw upload.problems[0];
  return stored(upload.value);
}

function get(path: string, params: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = route('package', path).respond(
    published(),
    requestOf({ params, headers }),
    context,
  );
  return { ...answer, json: JSON.parse(String(answer.body)) as Record<string, unknown> };
}

describe('a published package', () => {
  it('is found by our own client, with the digests of the bytes', () => {
    const { status, body } = get('/:name', { name: '@acme/demo' });
    const response = { status, headers: {}, body: Buffer.from(String(body)) };
    expect(npm.remote.presence('@acme/demo', '1.3.0', response, endpoints)).toEqual({
      state: 'present',
      files: [
        {
          filename: 'acme-demo-1.3.0.tgz',
          url: 'http://127.0.0.1:4873/npm/@acme/demo/-/demo-1.3.0.tgz',
          digests: digestsOf(tarball).filter(({ algorithm }) => /sha512|sha1/.test(algorithm)),
        },
      ],
    });
    expect(npm.remote.presence('@acme/demo', '1.4.0', response, endpoints).state).toBe('absent');
    expect(npm.remote.parseVersions('@acme/demo', response)).toEqual(['1.3.0']);
  });

  it.each([
    ['/:name', { name: '@acme/demo' }, '@acme/demo'],
    ['/:scope/:name', { scope: '@acme', name: 'demo' }, '@acme/demo'],
    ['/:scope/:name', { scope: '@acme/demo', name: '1.3.0' }, '@acme/demo'],
    ['/:scope/:name', { scope: 'demo', name: 'latest' }, 'demo'],
    ['/:scope/:name/:version', { scope: '@acme', name: 'demo', version: '1.3.0' }, '@acme/demo'],
  ])('is meant by %s with %j', (path, params, name) =>
    expect(route('package', path).packageName(requestOf({ params }))).toBe(name),
  );

  it('has a short form for installs and a full one, both with times', () => {
    const accept = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*';
    const short = get('/:name', { name: '@acme/demo' }, { accept });
    expect(short.headers).toEqual({ 'content-type': 'application/vnd.npm.install-v1+json' });
    expect(short.json).toMatchObject({
      'dist-tags': { latest: '1.3.0' },
      time: { '1.3.0': '2026-01-02T03:04:05.000Z' },
      versions: { '1.3.0': { hasInstallScript: true, os: ['linux'] } },
    });
    expect(short.json).not.toHaveProperty(['versions', '1.3.0', 'scripts']);
    const full = get('/:name', { name: '@acme/demo' }, { accept: 'application/json' });
    expect(full.json).toHaveProperty(['versions', '1.3.0', 'scripts', 'install'], 'node a');
    expect(full.json).toHaveProperty(['time', 'created']);
  });

  it('answers for one version, by number or by tag, and 404 for another', () => {
    const one = (version: string) =>
      get('/:scope/:name/:version', { scope: '@acme', name: 'demo', version });
    expect(one('1.3.0').json).toMatchObject({ name: '@acme/demo', version: '1.3.0' });
    expect(one('latest').json).toMatchObject({ version: '1.3.0' });
    expect(one('9.9.9').status).toBe(404);
  });

  it.each([
    ['/:scope/:name/-/:file', { scope: '@acme', name: 'demo', file: 'demo-1.3.0.tgz' }],
    ['/:name/-/:file', { name: '@acme/demo', file: 'demo-1.3.0.tgz' }],
    [
      '/:scope/:name/-/:fileScope/:file',
      { scope: '@acme', name: 'demo', fileScope: '@acme', file: 'demo-1.3.0.tgz' },
    ],
  ])('gives its tarball at %s', (path, params) =>
    expect(route('file', path).file(requestOf({ params }))).toEqual({
      filename: published().versions[0]?.files[0]?.filename,
      contentType: 'application/octet-stream',
      packageName: '@acme/demo',
    }),
  );

  it('keeps `latest` on the newest stable version when nobody set it', () => {
    const next = { ...manifest, version: '1.4.0-rc.1' };
    const bytes = packTarball({ 'package.json': JSON.stringify(next) });
    const upload = parse(publishBody(next, bytes, 'rc'));
    if (!upload.ok) throw upload.problems[0];
    const both = {
      ...published(),
      versions: [...published().versions, ...stored(upload.value).versions],
    };
    const tags = route('package', '/-/package/:name/dist-tags').respond(
      { ...both, tags: upload.value.tags ?? {} },
      requestOf(),
      context,
    );
    expect(JSON.parse(String(tags.body))).toEqual({ latest: '1.3.0', rc: '1.4.0-rc.1' });
  });

  it('is told of in a search', () => {
    const search = route('search', '/-/v1/search');
    const asked = requestOf({ query: { text: 'dem', size: '5', from: '10' } });
    expect(search.search(asked)).toEqual({ text: 'dem', limit: 5, offset: 10 });
    const answer = search.respond({ packages: [published()], total: 11 }, asked, context);
    expect(JSON.parse(String(answer.body))).toMatchObject({
      total: 11,
      objects: [{ package: { name: '@acme/demo', version: '1.3.0' } }],
    });
  });
});

describe('an upload', () => {
  const good = (): object => publishBody(manifest, tarball);
  const other = packTarball({ 'package.json': '{"name": "@acme/other", "version": "1.3.0"}' });

  it.each([
    ['no JSON', '{', 'FORGE-R001'],
    ['a list', [], 'FORGE-R001'],
    ['no version', { ...good(), versions: {} }, 'FORGE-R001'],
    ['no tarball', { ...good(), _attachments: {} }, 'FORGE-R001'],
    ['another name inside', publishBody(manifest, other), 'FORGE-R001'],
    ['bytes that are no archive', publishBody(manifest, Buffer.from('x')), 'FORGE-R001'],
    ['another version', publishBody({ ...manifest, version: '1.4.0' }, tarball), 'FORGE-R001'],
    ['a version that is none', publishBody({ ...manifest, version: '1.3' }, tarball), 'FORGE-R003'],
    ['a wrong digest', { ...good(), _attachments: publishedAttachment(other) }, 'FORGE-R004'],
  ])('with %s is refused', (_, document, code) => {
    const result = parse(document);
    expect(result.ok ? undefined : result.problems[0]?.code).toBe(code);
  });

  function publishedAttachment(bytes: Uint8Array): unknown {
    return { 'a.tgz': { data: Buffer.from(bytes).toString('base64'), length: bytes.length } };
  }

  it.each([
    'Upper',
    '.dot',
    '_under',
    'a b',
    'node_modules',
    'a/b',
    '@acme',
    'a'.repeat(215),
    '../x',
  ])('cannot take the name %j', (name) => {
    const result = parse(publishBody({ name, version: '1.3.0' }, tarball), { name });
    expect(result.ok ? undefined : result.problems[0]?.code).toBe('FORGE-R002');
  });

  it('must go to the URL of its name', () => {
    expect(parse(good(), { name: 'other' }).ok).toBe(false);
    expect(parse(good(), { scope: '@acme', name: 'demo' }).ok).toBe(true);
  });
});

describe('a registry that does not know', () => {
  const answer = (status: number, body = '') =>
    npm.remote.presence('a', '1.0.0', { status, headers: {}, body: Buffer.from(body) }, endpoints);

  it('tells absent from unknown', () => {
    expect(answer(404)).toEqual({ state: 'absent' });
    for (const status of [0, 401, 429, 500, 503]) expect(answer(status).state).toBe('unknown');
    expect(answer(200, '<html>').state).toBe('unknown');
    expect(answer(200, '{"versions": {"1.0.0": {}}}').state).toBe('unknown');
    expect(answer(200, '{"time": {"unpublished": {}}}')).toEqual({ state: 'absent' });
  });
});
