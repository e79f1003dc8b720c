import { npm } from '..';
import { readerOf, settingsOf, sourceOf } from '../../../testing';
import { readNpmrc } from './npmrc';

const access = npm.access!;
const { registry } = npm.publicEndpoints as { registry: string };
const host = registry.replace('https:', '');

function destinationOf(manifest: object, rc: Readonly<Record<string, string>> = {}) {
  const text = JSON.stringify({ version: '1.0.0', ...manifest });
  const files = { 'package.json': text };
  const read = npm.format.read(sourceOf('package.json', text), readerOf(files));
  if (!read.ok || !read.value) throw new Error('no manifest');
  const found = access.destination!(read.value, settingsOf(rc), readerOf(files));
  if (!found.ok) throw found.problems[0];
  return found.value && [found.value.endpoints['registry'], found.value.via];
}

describe('.npmrc', () => {
  it('has settings with comments, quotes and variables; the last of a name counts', () => {
    const text =
      '; all\n# of it\n a = 1 \r\nb="two"\n\na=3\nc=${SET}-${UNSET}-${UNSET?}\nflag\n@s:registry=http://r/';
    expect([...readNpmrc(text, { SET: 's' })]).toEqual([
      ['a', '3'],
      ['b', 'two'],
      ['c', 's-${UNSET}-'],
      ['@s:registry', 'http://r/'],
    ]);
  });

  it('is looked for beside the manifest, in the root, and where the person has it', () => {
    const place = { home: '/home/ada', root: '/w', directory: '/w/a', env: {} };
    expect(access.files(place)).toEqual(['/w/a/.npmrc', '/w/.npmrc', '/home/ada/.npmrc']);
    const env = { NPM_CONFIG_USERCONFIG: '/ci/npmrc' };
    expect(access.files({ ...place, env }).at(-1)).toBe('/ci/npmrc');
  });
});

describe('where a package goes', () => {
  const scoped = { '/w/.npmrc': '@acme:registry=https://packages.example/\n' };

  it('is the public registry unless something says otherwise', () => {
    expect(destinationOf({ name: 'a' })).toBeUndefined();
    expect(destinationOf({ name: 'a' }, scoped)).toBeUndefined();
    expect(destinationOf({ name: 'a' }, { '/w/.npmrc': `registry=${registry}/` })).toBeUndefined();
  });

  it('is that of its scope, before the one for everything', () => {
    const both = {
      '/w/.npmrc': 'registry=http://all.example/',
      ...{ '/h/.npmrc': scoped['/w/.npmrc'] },
    };
    const expected = ['https://packages.example/', '`@acme:registry` in `/h/.npmrc`'];
    expect(destinationOf({ name: '@acme/a' }, both)).toEqual(expected);
    expect(destinationOf({ name: 'a' }, both)?.[0]).toBe('http://all.example/');
  });

  it('is what the package itself says, before everything', () => {
    const publishConfig = { registry: 'https://own.example/npm' };
    expect(destinationOf({ name: '@acme/a', publishConfig }, scoped)).toEqual([
      'https://own.example/npm',
      'publishConfig.registry',
    ]);
  });
});

describe('the token of a registry', () => {
  const tokenOf = (text: string, env = {}) =>
    access.token(settingsOf({ '/h/.npmrc': text }, env), { registry });

  it('stands under its path, not under that of another', () => {
    expect(tokenOf(`${host}/:_authToken=abc\n`)).toEqual({ token: 'abc', file: '/h/.npmrc' });
    expect(tokenOf(`${host}/other/:_authToken=abc\n`)).toBeUndefined();
    expect(tokenOf('//other.example/:_authToken=abc\n')).toBeUndefined();
  });

  it('may be in a variable, and is none while that is not set', () => {
    const line = `${host}/:_authToken=\${NODE_AUTH_TOKEN}\n`;
    expect(tokenOf(line, { NODE_AUTH_TOKEN: 'abc' })?.token).toBe('abc');
    expect(tokenOf(line)).toBeUndefined();
  });

  it('may be an account', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const expected = { username: 'ada', token: 'pass:word', file: '/h/.npmrc' };
    expect(tokenOf(`${host}/:_auth=${base64('ada:pass:word')}`)).toEqual(expected);
    expect(tokenOf(`${host}/:username=ada\n${host}/:_password=${base64('pass:word')}`)).toEqual(
      expected,
    );
  });
});

describe('trusted publishing', () => {
  it('asks for a token of one package', () => {
    const { exchange } = access;
    expect(exchange?.audience({ registry })).toBe(`npm:${new URL(registry).host}`);
    expect(exchange?.ask('jwt', '@acme/a', { registry })).toEqual({
      method: 'POST',
      url: `${registry}/-/npm/v1/oidc/token/exchange/package/@acme%2fa`,
      secretHeaders: { authorization: 'Bearer jwt' },
    });
    const answer = (status: number) => ({
      status,
      headers: {},
      body: Buffer.from('{"token":"t"}'),
    });
    expect(exchange?.read(answer(201))).toBe('t');
    expect(exchange?.read(answer(404))).toBeUndefined();
  });
});
