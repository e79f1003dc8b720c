import { digestsOf, gunzip, gzip, readTar, writeTar } from '../../archive';
import type { StoredPackage, WireRequest, WireUpload } from '../../model';
import { contextAt, requestOf, routesIn } from '../../testing/wire-request';
import { wire } from './wire';

const cabal = 'name: demo\nversion: 1.2.0\nauthor: Jürgen\n';
const context = contextAt('http://127.0.0.1/hackage');
const route = routesIn(wire);

function sdist(members: Readonly<Record<string, string>>): Uint8Array {
  return gzip(
    writeTar(
      Object.entries(members).map(([name, content]) => {
        return { name, type: 'file', mode: 0o644, content: Buffer.from(content) };
      }),
    ),
  );
}

function requestWith(tarball: Uint8Array, field = 'package', filename = 'demo-1.2.0.tar.gz') {
  const head = `--x\r\nContent-Disposition: form-data; name="${field}"; filename="${filename}"\r\n\r\n`;
  return requestOf({
    path: '/upload',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: Buffer.concat([Buffer.from(head), tarball, Buffer.from('\r\n--x--\r\n')]),
  });
}

function upload(request: WireRequest): WireUpload {
  const parsed = route('publish', '/upload').parse(request);
  if (!parsed.ok) throw parsed.problems[0];
  return parsed.value;
}

function stored(uploaded: WireUpload, yanked = false): StoredPackage['versions'][number] {
  const files = uploaded.files.map(({ filename, bytes }) => {
    const digests = digestsOf(bytes);
    return { filename, size: bytes.length, sha256: digests[0]?.value ?? '', digests };
  });
  const { version, metadata } = uploaded;
  return { version, metadata, files, yanked, publishedAt: '2026-01-01T00:00:00.000Z' };
}

const good = sdist({ 'demo-1.2.0/demo.cabal': cabal, 'demo-1.2.0/src/A.hs': 'module A where\n' });

describe('an upload', () => {
  it('is read from the tarball, not from what is said of it', () => {
    const uploaded = upload(requestWith(good));
    expect(uploaded).toMatchObject({ name: 'demo', version: '1.2.0' });
    expect(uploaded.files).toEqual([
      { filename: 'demo-1.2.0.tar.gz', bytes: new Uint8Array(good) },
    ]);
  });

  it.each([
    ['no gzip', requestWith(Buffer.from('x')), 'FORGE-R001'],
    ['another field', requestWith(good, 'file'), 'FORGE-R001'],
    ['another file name', requestWith(good, 'package', 'demo-1.3.0.tar.gz'), 'FORGE-R001'],
    ['no description', requestWith(sdist({ 'demo-1.2.0/A.hs': '' })), 'FORGE-R001'],
    [
      'two descriptions',
      requestWith(sdist({ 'd/a.cabal': cabal, 'd/b.cabal': cabal })),
      'FORGE-R001',
    ],
    ['another directory', requestWith(sdist({ 'demo-1/demo.cabal': cabal })), 'FORGE-R001'],
    ['another name', requestWith(sdist({ 'demo-1.2.0/other.cabal': cabal })), 'FORGE-R001'],
    [
      'a member outside',
      requestWith(sdist({ 'demo-1.2.0/demo.cabal': cabal, 'demo-1.2.0/../x': '' })),
      'FORGE-R090',
    ],
    [
      'a revision',
      requestWith(sdist({ 'demo-1.2.0/demo.cabal': `${cabal}x-revision: 1\n` })),
      'FORGE-R001',
    ],
    [
      'a broken description',
      requestWith(sdist({ 'demo-1.2.0/demo.cabal': `${cabal}library {\n` })),
      'FORGE-R001',
    ],
    [
      'a name of numbers',
      requestWith(
        sdist({ 'a-1-2/a-1.cabal': 'name: a-1\nversion: 2\n' }),
        'package',
        'a-1-2.tar.gz',
      ),
      'FORGE-R002',
    ],
    [
      'a prerelease',
      requestWith(
        sdist({ 'a-2-rc/a.cabal': 'name: a\nversion: 2-rc\n' }),
        'package',
        'a-2-rc.tar.gz',
      ),
      'FORGE-R003',
    ],
  ])('is refused with %s', (_, request, code) =>
    expect(route('publish', '/upload').parse(request)).toMatchObject({
      ok: false,
      problems: [{ code }],
    }),
  );
});

describe('the index', () => {
  const entries = (found: StoredPackage): Map<string, string> => {
    const { body } = route('index', '/00-index.tar.gz').respond([found], requestOf(), context);
    const tar = gunzip(body as Uint8Array, 1e6);
    const members = tar.ok ? readTar(tar.value) : tar;
    if (!members.ok) throw members.problems[0];
    return new Map(
      members.value.map(({ name, content }) => [name, Buffer.from(content).toString()]),
    );
  };

  it('holds the description of every version byte by byte', () => {
    const versions = [stored(upload(requestWith(good)))];
    expect(entries({ name: 'demo', versions, tags: {}, owners: [] })).toEqual(
      new Map([['demo/1.2.0/demo.cabal', cabal]]),
    );
  });

  it('keeps the solver away from what is deprecated', () => {
    const versions = [stored(upload(requestWith(good)), true)];
    expect(
      entries({ name: 'demo', versions, tags: {}, owners: [] }).get('demo/preferred-versions'),
    ).toBe('demo (<1.2.0 || >1.2.0)');
  });
});

it('lists versions as Hackage does', () => {
  const versions = [stored(upload(requestWith(good)))];
  const { respond } = route('package', '/package/:name/preferred');
  const found = { name: 'demo', versions, tags: {}, owners: [] };
  expect(respond(found, requestOf(), context).body).toBe('{"normal-version":["1.2.0"]}');
  expect(respond(undefined, requestOf(), context).status).toBe(404);
});

it.each(['/package/:file', '/package/:id/:file'])('serves the tarball at %s', (path) => {
  const request = requestOf({ params: { file: 'demo-1.2.0.tar.gz' } });
  expect(route('file', path).file(request).filename).toBe('demo-1.2.0.tar.gz');
});

it('settings name the user whose token it is, and are all that a configuration of cabal may hold', () => {
  const lines = wire.settings('http://127.0.0.1:1', 'T', 'carol');
  expect(lines).toContain('username: carol');
  expect(wire.settings('http://127.0.0.1:1', 'T')).toContain('username: forge');
  expect(lines.filter((line) => !/^(--|repository | {2}\w+: |\w+: )/.test(line))).toEqual([]);
});

it('spells refusals as Hackage does', () => {
  expect(wire.refuse({ kind: 'conflict', message: 'x' })).toMatchObject({
    status: 403,
    body: expect.stringContaining('already been uploaded'),
  });
  expect(wire.refuse({ kind: 'unauthorized', message: 'x' }).status).toBe(401);
  expect(wire.refuse({ kind: 'invalid', message: 'x' }).status).toBe(400);
});
