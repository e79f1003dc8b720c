import { generateKeyPairSync } from 'node:crypto';
import { digest } from '../../archive';
import type { StoredPackage, WireContext, WireUpload } from '../../model';
import { requestOf, routesIn } from '../../testing/wire-request';
import { printTerm, tuple, type Term } from './erlang';
import { readPackageDocument } from './protocol/read-document';
import { packTarball } from './tarball';
import { wire } from './wire';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const context: WireContext = {
  baseUrl: 'http://127.0.0.1:1/hex',
  keys: { rsaPrivate: privateKey, rsaPublic: publicKey },
  user: 'zoe',
};

const route = routesIn(wire);
const json = { accept: 'application/json' };

function tarball(fields: Readonly<Record<string, Term>>): Uint8Array {
  const defaults = { app: 'web', name: 'web', version: '1.2.0', requirements: [] };
  const lines = Object.entries({ ...defaults, ...fields }).map(
    ([key, value]) => `${printTerm(tuple(key, value))}.\n`,
  );
  const content = Buffer.from('a project');
  return packTarball(lines.join(''), [{ name: 'mix.exs', executable: false, content }]);
}

const requirement = [
  tuple('name', 'core'),
  tuple('app', 'core_app'),
  tuple('requirement', '~> 1.2'),
  tuple('optional', { atom: 'true' }),
  tuple('repository', 'hexpm'),
];

function parse(body: Uint8Array, params: Readonly<Record<string, string>> = {}) {
  return route('publish', '/api/publish').parse(requestOf({ method: 'POST', body, params }));
}

/** The package as the server would hold it after the upload. */
function stored({ name, version, files, metadata }: WireUpload): StoredPackage {
  const held = files.map(({ filename, bytes }) => ({
    filename,
    size: bytes.length,
    sha256: digest('sha256', bytes),
    digests: [],
  }));
  const publishedAt = '2026-01-02T03:04:05.000Z';
  return {
    name,
    tags: {},
    owners: [],
    versions: [{ version, metadata, files: held, yanked: true, publishedAt }],
  };
}

function published(fields: Readonly<Record<string, Term>> = {}): StoredPackage {
  const upload = parse(tarball(fields));
  if (!upload.ok) throw upload.problems[0];
  return stored(upload.value);
}

describe('an upload', () => {
  it('says itself what it is', () => {
    const body = tarball({ requirements: [requirement] });
    const found = parse(body, { name: 'web' });
    expect(found.ok && found.value).toMatchObject({
      name: 'web',
      version: '1.2.0',
      files: [{ filename: 'web-1.2.0.tar', bytes: body }],
      metadata: {
        requirements: [{ name: 'core', app: 'core_app', requirement: '~> 1.2', optional: true }],
      },
    });
  });

  it('may write its requirements as rebar3 does', () => {
    const found = published({ requirements: [tuple('core', requirement.slice(1))] });
    expect(found.versions[0]?.metadata).toMatchObject({
      requirements: [{ name: 'core', app: 'core_app', requirement: '~> 1.2', optional: true }],
    });
  });

  it.each<[string, Uint8Array, string]>([
    ['no tar', Buffer.from('{}'), 'FORGE-R001'],
    ['a name with capitals', tarball({ name: 'Web' }), 'FORGE-R002'],
    ['a reserved name', tarball({ name: 'elixir' }), 'FORGE-R002'],
    ['another name than its address', tarball({ name: 'other' }), 'FORGE-R001'],
    ['a short version', tarball({ version: '1.2' }), 'FORGE-R003'],
    ['a changed content', changed(tarball({})), 'FORGE-R004'],
  ])('with %s is refused', (_, body, code) => {
    expect(parse(body, { name: 'web' })).toMatchObject({ ok: false, problems: [{ code }] });
  });
});

/** The metadata changed after the checksum was made; the tar stays well-formed, for it sums headers only. */
function changed(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(text.replace('<<"1.2.0">>', '<<"1.2.1">>'), 'latin1');
}

describe('the repository', () => {
  it.each([
    ['/packages/:name', {}, 'hexpm'],
    ['/repos/:repository/packages/:name', { repository: 'forge' }, 'forge'],
  ])('at %s signs under its own name', (path, params, repository) => {
    const found = published({ requirements: [requirement] });
    const response = route('package', path).respond(found, requestOf({ params }), context);
    const document = readPackageDocument(Buffer.from(response.body), publicKey);
    expect(document).toEqual({
      ok: true,
      value: {
        name: 'web',
        repository,
        releases: [
          {
            version: '1.2.0',
            outerChecksum: found.versions[0]?.files[0]?.sha256,
            innerChecksum: expect.stringMatching(/^[0-9a-f]{64}$/),
            dependencies: [
              { name: 'core', requirement: '~> 1.2', optional: true, app: 'core_app' },
            ],
          },
        ],
      },
    });
  });

  it('does not verify with another key', () => {
    const response = route('package', '/packages/:name').respond(published(), requestOf(), context);
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const pem = other.export({ type: 'spki', format: 'pem' }).toString();
    expect(readPackageDocument(Buffer.from(response.body), pem)).toMatchObject({
      problems: [{ code: 'FORGE-R004' }],
    });
  });

  it('has names, versions, the key and no newer Hex', () => {
    const found = [published()];
    expect(route('index', '/names').respond(found, requestOf(), context).status).toBe(200);
    expect(route('index', '/versions').respond(found, requestOf(), context).status).toBe(200);
    expect(route('static', '/public_key').respond(requestOf(), context).body).toBe(publicKey);
    expect(route('static', '/installs/:file').respond(requestOf(), context)).toMatchObject({
      status: 200,
      body: '',
    });
  });
});

describe('the API', () => {
  const release = route('package', '/api/packages/:name/releases/:version');

  it('shows a release with its checksum, to clients that ask for JSON', () => {
    const found = published();
    const params = { name: 'web', version: '1.2.0' };
    const response = release.respond(found, requestOf({ headers: json, params }), context);
    expect(JSON.parse(response.body as string)).toMatchObject({
      version: '1.2.0',
      checksum: found.versions[0]?.files[0]?.sha256,
      retirement: { reason: 'other' },
    });
  });

  it.each([
    ['no package', undefined, '1.2.0'],
    ['another version', published(), '9.9.9'],
  ])('answers 404 for %s', (_, found, version) => {
    expect(release.respond(found, requestOf({ params: { version } }), context).status).toBe(404);
  });

  it('answers in terms to everyone else', () => {
    const response = route('whoami', '/api/users/me').respond(requestOf(), context);
    expect(response.headers).toEqual({ 'content-type': 'application/vnd.hex+erlang' });
    expect(Buffer.from(response.body)[0]).toBe(131);
  });

  it.each([
    ['unauthorized', 401],
    ['forbidden', 403],
    ['invalid', 422],
    ['conflict', 422],
    ['too-large', 413],
    ['not-found', 404],
  ] as const)('refuses what is %s with %s', (kind, status) => {
    expect(wire.refuse({ kind, message: 'why' }).status).toBe(status);
  });

  it("refuses another content in hexpm's words", () => {
    const { body } = wire.refuse({ kind: 'conflict', message: 'differs' });
    expect(Buffer.from(body).toString('latin1')).toContain('up to one hour after publication');
  });
});

it('tells a person how to point Mix here', () => {
  expect(wire.settings('http://127.0.0.1:1', 'T').join('\n')).toContain(
    'HEX_API_URL=http://127.0.0.1:1/hex/api HEX_API_KEY=T',
  );
});
