import { digestsOf, gzip, writeTar } from '../../archive';
import type { Json, StoredPackage, WireResponse, WireUpload } from '../../model';
import { contextAt, requestOf, routesIn } from '../../testing/wire-request';
import { cargo } from '.';
import { valueOf } from './testing/workspace';

const context = contextAt('http://127.0.0.1:4873/cargo');

const route = routesIn(cargo.wire);
const text = (response: WireResponse): string => Buffer.from(response.body as string).toString();

function crate(name: string, version: string): Buffer {
  const content = new Uint8Array(
    Buffer.from(`[package]\nname = "${name}"\nversion = "${version}"\n`),
  );
  const entry = {
    name: `${name}-${version}/Cargo.toml`,
    type: 'file',
    mode: 0o644,
    content,
  } as const;
  return Buffer.from(gzip(writeTar([entry])));
}

function body(claim: Json, archive: Buffer): Buffer {
  const json = Buffer.from(JSON.stringify(claim));
  const length = (value: Buffer): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value.length);
    return bytes;
  };
  return Buffer.concat([length(json), json, length(archive), archive]);
}

const dependency = {
  name: 'real-name',
  version_req: '^1.2',
  features: ['a'],
  optional: true,
  default_features: true,
  target: null,
  kind: 'normal',
  registry: 'https://github.com/rust-lang/crates.io-index',
  explicit_name_in_toml: 'alias',
};
const claim = {
  name: 'Demo_a',
  vers: '0.1.0',
  deps: [dependency],
  features: { default: ['x'], x: [], new: ['dep:alias'] },
  description: 'a demo',
  license: 'MIT',
  links: null,
  rust_version: '1.70',
};

function parse(value: Json, archive: Buffer = crate('Demo_a', '0.1.0')) {
  return route('publish').parse(requestOf({ body: body(value, archive) }));
}

function stored(upload: WireUpload): StoredPackage {
  const bytes = upload.files[0]?.bytes ?? new Uint8Array();
  const digests = digestsOf(bytes);
  const sha256 = digests[0]?.value ?? '';
  const file = { filename: 'Demo_a-0.1.0.crate', size: bytes.length, sha256, digests };
  const { version, metadata } = upload;
  const published = { version, metadata, files: [file], yanked: false, publishedAt: '' };
  return { name: upload.name, versions: [published], tags: {}, owners: [] };
}

describe('publish, index and lookup', () => {
  const upload = valueOf(parse(claim));
  const found = stored(upload);
  const file = found.versions[0]?.files[0];

  it('turns an upload into the line that the index needs', () => {
    const get = route('package', '/index/:first/:second/:name');
    const response = get.respond(found, requestOf({ params: { name: 'demo_a' } }), context);
    expect(response.status).toBe(200);
    expect(text(response).endsWith('\n')).toBe(true);
    expect(JSON.parse(text(response))).toEqual({
      name: 'Demo_a',
      vers: '0.1.0',
      deps: [
        {
          name: 'alias',
          package: 'real-name',
          req: '^1.2',
          features: ['a'],
          optional: true,
          default_features: true,
          target: null,
          kind: 'normal',
          registry: 'https://github.com/rust-lang/crates.io-index',
        },
      ],
      features: { default: ['x'], x: [] },
      features2: { new: ['dep:alias'] },
      v: 2,
      links: null,
      rust_version: '1.70',
      cksum: file?.sha256,
      yanked: false,
    });
  });

  it('answers the lookup of our own client with the digest', () => {
    const endpoints = cargo.endpointsAt('http://127.0.0.1:4873');
    const { url } = cargo.remote.lookup('Demo_a', '0.1.0', endpoints);
    expect(url).toBe('http://127.0.0.1:4873/cargo/index/de/mo/demo_a');
    const get = route('package', '/index/:first/:second/:name');
    const { body: rendered } = get.respond(
      found,
      requestOf({ params: { name: 'demo_a' } }),
      context,
    );
    const response = { status: 200, headers: {}, body: Buffer.from(rendered as string) };
    expect(cargo.remote.presence('Demo_a', '0.1.0', response, endpoints)).toEqual({
      state: 'present',
      files: [
        {
          filename: 'Demo_a-0.1.0.crate',
          url: 'http://127.0.0.1:4873/cargo/dl/Demo_a/0.1.0/download',
          digests: [{ algorithm: 'sha256', value: file?.sha256 }],
        },
      ],
    });
    expect(cargo.remote.presence('Demo_a', '0.2.0', response, endpoints)).toEqual({
      state: 'absent',
    });
    expect(cargo.remote.parseVersions('Demo_a', response)).toEqual(['0.1.0']);
  });

  it('knows the crate by its own spelling only', () => {
    const get = route('package', '/index/:first/:second/:name');
    expect(get.respond(found, requestOf({ params: { name: 'demo-a' } }), context).status).toBe(404);
    expect(get.respond(undefined, requestOf({ params: { name: 'x' } }), context).status).toBe(404);
  });

  it('is told of in a search, a page at a time', () => {
    const search = route('search');
    const asked = requestOf({ query: { q: 'mo', per_page: '5', page: '3' } });
    expect(search.search(asked)).toEqual({ text: 'mo', limit: 5, offset: 10 });
    const answer = search.respond({ packages: [found], total: 11 }, asked, context);
    expect(JSON.parse(text(answer))).toEqual({
      crates: [{ name: 'Demo_a', max_version: '0.1.0', description: 'a demo' }],
      meta: { total: 11 },
    });
  });
});

describe('config.json', () => {
  it('has absolute URLs', () => {
    const response = route('static', '/index/config.json').respond(requestOf(), context);
    expect(JSON.parse(text(response))).toEqual({
      dl: 'http://127.0.0.1:4873/cargo/dl',
      api: 'http://127.0.0.1:4873/cargo',
    });
  });
});

describe('refusals', () => {
  it.each<[string, Json, Buffer, string]>([
    ['a digit first', { ...claim, name: '9a' }, crate('9a', '0.1.0'), 'FORGE-R002'],
    [
      'too long a name',
      { ...claim, name: 'a'.repeat(65) },
      crate('a'.repeat(65), '0.1.0'),
      'FORGE-R002',
    ],
    ['no SemVer version', { ...claim, vers: '1.0' }, crate('Demo_a', '1.0'), 'FORGE-R003'],
    ['another name inside', claim, crate('other', '0.1.0'), 'FORGE-R001'],
    ['another version inside', claim, crate('Demo_a', '0.2.0'), 'FORGE-R001'],
    ['no archive', claim, Buffer.from('no archive'), 'FORGE-R001'],
    [
      'a requirement that is none',
      { ...claim, deps: [{ ...dependency, version_req: 'latest' }] },
      crate('Demo_a', '0.1.0'),
      'FORGE-R001',
    ],
    [
      'a requirement of every version',
      { ...claim, deps: [{ ...dependency, version_req: '*' }] },
      crate('Demo_a', '0.1.0'),
      'FORGE-R001',
    ],
    ['no name', { vers: '0.1.0' }, crate('Demo_a', '0.1.0'), 'FORGE-R001'],
    ['no object', [], crate('Demo_a', '0.1.0'), 'FORGE-R001'],
  ])('%s', (_, value, archive, code) => {
    expect(parse(value, archive)).toMatchObject({ problems: [{ code }] });
  });

  it.each([Buffer.alloc(0), Buffer.alloc(3), Buffer.from([255, 255, 255, 255, 0])])(
    'a body that is cut off',
    (cut) => {
      expect(route('publish').parse(requestOf({ body: cut }))).toMatchObject({
        problems: [{ code: 'FORGE-R001' }],
      });
    },
  );

  it('too large a crate', () => {
    expect(parse(claim, Buffer.alloc(10 * 1024 ** 2 + 1))).toMatchObject({
      problems: [{ code: 'FORGE-R007' }],
    });
  });

  it('are spelled as cargo prints them', () => {
    const response = cargo.wire.refuse({
      kind: 'conflict',
      message: 'dup',
      name: 'a',
      version: '0.1.0',
    });
    expect(response.status).toBe(400);
    expect(text(response)).toBe(
      '{"errors":[{"detail":"crate version `0.1.0` is already uploaded"}]}',
    );
  });
});

describe('an index that does not answer', () => {
  const respond = (status: number) => ({ status, headers: {}, body: new Uint8Array() });

  it.each([404, 410, 451])('%s is absent', (status) => {
    expect(cargo.remote.presence('a', '1.0.0', respond(status), {})).toEqual({ state: 'absent' });
    expect(cargo.remote.parseVersions('a', respond(status))).toEqual([]);
  });

  it.each([0, 403, 429, 503])('%s is unknown', (status) => {
    expect(cargo.remote.presence('a', '1.0.0', respond(status), {})).toMatchObject({
      state: 'unknown',
    });
    expect(cargo.remote.parseVersions('a', respond(status))).toBeNull();
  });
});
