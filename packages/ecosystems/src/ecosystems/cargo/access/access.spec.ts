import { cargo } from '..';
import { readerOf, settingsOf, sourceOf } from '../../../testing';
import { publicEndpoints } from '../endpoints';

const access = cargo.access!;
const config = '/w/.cargo/config.toml';
const acme = '[registries.my-acme]\nindex = "sparse+https://crates.example/index/"\n';

function destinationOf(
  publish: string,
  files: Record<string, string> = {},
  env = {},
  given?: object,
) {
  const text = `[package]\nname = "a"\nversion = "1.0.0"\n${publish}\n`;
  const reader = readerOf({ 'a/Cargo.toml': text });
  const read = cargo.format.read(sourceOf('a/Cargo.toml', text), reader);
  if (!read.ok || !read.value) throw new Error('no manifest');
  const endpoints = given && cargo.endpointsAt('http://127.0.0.1:4874');
  return access.destination!(read.value, settingsOf(files, env), reader, endpoints);
}

describe('where a crate goes', () => {
  it('is crates.io when it may', () => {
    for (const publish of [
      '',
      'publish = true',
      'publish = ["crates-io"]',
      'publish = ["x", "crates-io"]',
    ])
      expect(destinationOf(publish)).toEqual({ ok: true, value: undefined });
  });

  it('is the registry that it names, with the index from the configuration or a variable', () => {
    const expected = {
      ok: true,
      value: {
        endpoints: { index: 'https://crates.example/index', api: '', dl: '', name: 'my-acme' },
        via: '`publish = ["my-acme"]`',
        env: ['CARGO_REGISTRIES_MY_ACME_TOKEN'],
      },
    };
    expect(destinationOf('publish = ["my-acme"]', { [config]: acme })).toEqual(expected);
    const env = { CARGO_REGISTRIES_MY_ACME_INDEX: 'sparse+https://crates.example/index/' };
    expect(destinationOf('publish = ["my-acme"]', {}, env)).toEqual(expected);
  });

  it.each([
    ['of which nobody says where it is', 'publish = ["my-acme"]', {}, 'nothing says where that is'],
    ['that are several', 'publish = ["a", "b"]', {}, 'several registries (`a`, `b`)'],
    [
      'whose index is in git',
      'publish = ["my-acme"]',
      { [config]: acme.replace('sparse+', '') },
      'which cannot be asked',
    ],
  ])('is refused for registries %s (FORGE-C004), with the place', (_, publish, files, what) => {
    expect(destinationOf(publish, files)).toMatchObject({
      problems: [
        {
          code: 'FORGE-C004',
          what: expect.stringContaining(what),
          where: { file: 'a/Cargo.toml', line: 4 },
          frame: expect.stringContaining(publish),
        },
      ],
    });
  });

  it('is the registry of the run, except where cargo lets nothing stand in for crates.io', () => {
    expect(destinationOf('publish = ["my-acme"]', {}, {}, {}).ok).toBe(true);
    expect(destinationOf('publish = ["crates-io"]', {}, {}, {})).toMatchObject({
      problems: [{ code: 'FORGE-C004', where: { line: 4 } }],
    });
  });

  it('is completed by what the index says of itself', () => {
    const endpoints = { index: 'https://i.example', api: '', dl: '', name: 'acme' };
    const { ask, read } = access.introduction!;
    expect(ask(endpoints)).toEqual({ method: 'GET', url: 'https://i.example/config.json' });
    const answer = (status: number, text: string) => ({
      status,
      headers: {},
      body: Buffer.from(text),
    });
    const config = '{"dl":"https://d.example/","api":"https://a.example/"}';
    expect(read(endpoints, answer(200, config))).toEqual({
      ...endpoints,
      ...{ dl: 'https://d.example', api: 'https://a.example' },
    });
    expect(read(endpoints, answer(401, config))).toBeUndefined();
    expect(read(endpoints, answer(200, '<html>'))).toBeUndefined();
  });
});

describe('the token of a registry of crates', () => {
  const credentials = '[registry]\ntoken = "public"\n[registries.my-acme]\ntoken = "own"\n';
  const settings = settingsOf({ '/h/.cargo/credentials.toml': credentials, [config]: acme });
  const tokenOf = (endpoints: Readonly<Record<string, string>>) =>
    access.token(settings, endpoints)?.token;

  it('is found by name, or by the index', () => {
    expect(tokenOf(publicEndpoints)).toBe('public');
    expect(tokenOf({ index: 'https://x', name: 'my-acme' })).toBe('own');
    expect(tokenOf({ index: 'https://crates.example/index' })).toBe('own');
    expect(tokenOf({ index: 'https://elsewhere.example' })).toBeUndefined();
  });

  it('is looked for in the home of cargo, wherever that is', () => {
    const place = { home: '/h', root: '/w', directory: '/w/a', env: {} };
    expect(access.files(place)).toEqual(
      expect.arrayContaining(['/h/.cargo/credentials.toml', '/w/a/.cargo/config.toml', config]),
    );
    const env = { CARGO_HOME: '/ch' };
    expect(access.files({ ...place, env })[0]).toBe('/ch/credentials.toml');
  });

  it('can be had from crates.io for the word of a CI system', () => {
    expect(access.exchange?.audience(publicEndpoints)).toBe('crates.io');
    expect(access.exchange?.ask('jwt', 'a', publicEndpoints)).toMatchObject({
      method: 'PUT',
      url: `${publicEndpoints.api}/api/v1/trusted_publishing/tokens`,
      body: '{"jwt":"jwt"}',
    });
  });
});
