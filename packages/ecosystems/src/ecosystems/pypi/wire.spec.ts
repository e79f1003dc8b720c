import { digest, digestsOf } from '../../archive';
import type { StoredPackage, WireUpload } from '../../model';
import { contextAt, requestOf, routesIn } from '../../testing/wire-request';
import { sdistOf, uploadForm, wheelOf } from './testing/distributions';
import { wire } from './wire';

const context = contextAt('http://127.0.0.1:1/pypi');
const route = routesIn(wire);
const wheel = wheelOf('My_Lib', '1.2.0', { 'my_lib/__init__.py': '' });
const sdist = sdistOf('my_lib', '1.2.0');
const wheelName = 'my_lib-1.2.0-py3-none-any.whl';
const claim = { name: 'My-Lib', version: '1.2.0', filetype: 'bdist_wheel' };

const parse = (filename: string, bytes: Uint8Array, fields: Record<string, string>) =>
  route('publish', '/legacy/').parse(requestOf(uploadForm(filename, bytes, fields)));

function stored(...uploads: readonly WireUpload[]): StoredPackage {
  const [first] = uploads;
  return {
    name: first?.name ?? '',
    tags: {},
    owners: [],
    versions: [...new Set(uploads.map(({ version }) => version))].map((version) => ({
      version,
      metadata: first?.metadata ?? null,
      yanked: false,
      publishedAt: '2026-01-02T03:04:05.000Z',
      files: uploads
        .filter((upload) => upload.version === version)
        .flatMap(({ files }) => files)
        .map(({ filename, bytes }) => ({
          filename,
          size: bytes.length,
          sha256: digest('sha256', bytes),
          digests: digestsOf(bytes),
        })),
    })),
  };
}

function published(): StoredPackage {
  const uploads = [
    parse(wheelName, wheel, claim),
    parse('my_lib-1.2.0.tar.gz', sdist, { ...claim, filetype: 'sdist' }),
  ].map((result) => {
    if (!result.ok) throw result.problems[0];
    return result.value;
  });
  return stored(...uploads);
}

describe('an upload', () => {
  it('stores a wheel and its metadata beside it', () => {
    const result = parse(wheelName, wheel, { ...claim, sha256_digest: digest('sha256', wheel) });
    expect(result).toMatchObject({
      ok: true,
      value: {
        name: 'My_Lib',
        version: '1.2.0',
        metadata: { requires_python: '>=3.9', requires_dist: ['core>=1.2,<2'], summary: 'small' },
      },
    });
    expect(result.ok && result.value.files.map(({ filename }) => filename)).toEqual([
      wheelName,
      `${wheelName}.metadata`,
    ]);
  });

  it.each([
    ['a bad name', wheelName, wheel, { ...claim, name: '-x' }, 'FORGE-R002'],
    ['a bad version', wheelName, wheel, { ...claim, version: 'one' }, 'FORGE-R003'],
    ['a local version', wheelName, wheel, { ...claim, version: '1.2.0+x' }, 'FORGE-R003'],
    ['a wrong digest', wheelName, wheel, { ...claim, sha256_digest: '00' }, 'FORGE-R004'],
    ['another version inside', wheelName, wheel, { ...claim, version: '1.3.0' }, 'FORGE-R001'],
    ['another name inside', wheelName, wheel, { ...claim, name: 'other' }, 'FORGE-R001'],
    ['another type', wheelName, wheel, { ...claim, filetype: 'sdist' }, 'FORGE-R001'],
    ['a strange file name', 'my_lib.exe', wheel, claim, 'FORGE-R001'],
    ['bytes that are no wheel', wheelName, Buffer.from('PK'), claim, 'FORGE-R001'],
    ['another action', wheelName, wheel, { ...claim, ':action': 'submit' }, 'FORGE-R001'],
  ])('is refused with %s', (_, filename, bytes, fields, code) => {
    const result = parse(filename, bytes, fields);
    expect(result.ok ? [] : [...new Set(result.problems.map((problem) => problem.code))]).toEqual([
      code,
    ]);
  });

  it('takes versions that PEP 440 calls equal', () => {
    expect(parse(wheelName, wheel, { ...claim, version: '1.2' }).ok).toBe(true);
  });
});

describe('the simple index', () => {
  const page = (accept: string) =>
    route('package', '/simple/:name/').respond(
      published(),
      requestOf({ params: { name: 'my-lib' }, headers: { accept } }),
      context,
    );

  it('is JSON for pip and uv', () => {
    const response = page('application/vnd.pypi.simple.v1+json, text/html;q=0.01');
    expect(response.headers?.['content-type']).toBe('application/vnd.pypi.simple.v1+json');
    const metadata = published().versions[0]?.files[1]?.sha256;
    expect(JSON.parse(String(response.body))).toMatchObject({
      meta: { 'api-version': '1.1' },
      name: 'my-lib',
      versions: ['1.2.0'],
      files: [
        {
          filename: wheelName,
          url: `${context.baseUrl}/files/my-lib/${wheelName}`,
          hashes: { sha256: digest('sha256', wheel) },
          'requires-python': '>=3.9',
          'core-metadata': { sha256: metadata },
          yanked: false,
        },
        { filename: 'my_lib-1.2.0.tar.gz', 'core-metadata': false },
      ],
    });
  });

  it.each(['', '*/*', 'text/html', 'text/html, application/vnd.pypi.simple.v1+json;q=0.5'])(
    'is HTML for %j',
    (accept) => {
      const response = page(accept);
      expect(response.headers?.['content-type']).toMatch(/^text\/html/);
      expect(response.body).toContain(
        `${wheelName}#sha256=${digest('sha256', wheel)}" data-requires-python="&#62;=3.9" data-core-metadata="sha256=`,
      );
      expect(response.body).not.toContain('.metadata<');
    },
  );

  it.each([
    [{ message: 'it "leaks"' }, 'it "leaks"', 'data-yanked="it &#34;leaks&#34;"'],
    [undefined, true, 'data-yanked=""'],
  ])('says of a yanked release %j', (notice, inJson, inHtml) => {
    const { versions, ...rest } = published();
    const yanked = versions.map((each) => ({ ...each, yanked: true, ...(notice && { notice }) }));
    const ask = (accept: string) =>
      String(
        route('package', '/simple/:name/').respond(
          { ...rest, versions: yanked },
          requestOf({ headers: { accept } }),
          context,
        ).body,
      );
    const { files } = JSON.parse(ask('application/vnd.pypi.simple.v1+json')) as {
      readonly files: readonly { readonly yanked: unknown }[];
    };
    expect(files.map((file) => file.yanked)).toEqual([inJson, inJson]);
    expect(ask('text/html')).toContain(inHtml);
  });

  it('does not know other projects', () => {
    const { respond } = route('package', '/simple/:name/');
    expect(respond(undefined, requestOf(), context).status).toBe(404);
  });

  it('lists all projects', () => {
    const response = route('index', '/simple/').respond([published()], requestOf(), context);
    expect(response.body).toContain('<a href="my-lib/">My_Lib</a>');
  });
});

describe('the JSON API', () => {
  const release = (version: string) =>
    route('package', '/pypi/:name/:version/json').respond(
      published(),
      requestOf({ params: { name: 'my-lib', version } }),
      context,
    );

  it.each(['1.2.0', '1.2', '1.2.0.0', 'v1.2'])('finds the version as %s', (version) => {
    expect(JSON.parse(String(release(version).body))).toMatchObject({
      info: { name: 'My_Lib', version: '1.2.0' },
      urls: [
        { packagetype: 'bdist_wheel', digests: { sha256: digest('sha256', wheel) } },
        { packagetype: 'sdist', filename: 'my_lib-1.2.0.tar.gz' },
      ],
    });
  });

  it.each(['1.2.1', 'latest'])('does not find %s', (version) => {
    expect(release(version).status).toBe(404);
  });
});

describe('a refusal', () => {
  it('stands in the reason phrase, as twine reads it', () => {
    const refusal = wire.refuse({ kind: 'conflict', message: '`a-1.0.whl` – other content\nhere' });
    expect(refusal).toMatchObject({
      status: 400,
      reason: 'File already exists: `a-1.0.whl` other content here',
    });
  });

  it('tells a filename that was used up from one that is taken', () => {
    const code = 'FORGE-R012';
    const { reason } = wire.refuse({ kind: 'conflict', code, message: 'why' });
    expect(reason).toMatch(/^This filename was previously used .*: why$/);
  });

  it('is 403 without a token, as on PyPI', () => {
    expect(wire.refuse({ kind: 'unauthorized', message: '' }).status).toBe(403);
  });
});
