import { hex } from '..';
import { readerOf, settingsOf, sourceOf } from '../../../testing';

const access = hex.access!;

describe('hex.config', () => {
  const file = '/h/.hex/hex.config';
  const tokenOf = (text: string) => access.token(settingsOf({ [file]: text }), hex.publicEndpoints);

  it('holds a key that is not locked', () => {
    expect(tokenOf('{api_key,<<"abc">>}.\n')).toEqual({ token: 'abc', file });
    expect(tokenOf('{\'$write_key\',<<"locked">>}.\n{\'$read_key\',<<"r">>}.\n')).toBeUndefined();
    expect(tokenOf('no terms')).toBeUndefined();
  });

  it('keeps a key for the API that it names', () => {
    expect(
      tokenOf('{api_url,<<"https://hex.example/api">>}.\n{api_key,<<"abc">>}.\n'),
    ).toBeUndefined();
  });

  it('stands where Hex puts it', () => {
    const place = { home: '/h', root: '/w', directory: '/w', env: {} };
    expect(access.files(place)).toEqual([file]);
    expect(access.files({ ...place, env: { HEX_HOME: '/x' } })).toEqual(['/x/hex.config']);
    expect(access.files({ ...place, env: { MIX_XDG: '1' } })).toEqual([
      '/h/.config/hex/hex.config',
    ]);
  });
});

describe('a private package of an organisation', () => {
  const check = (settings: string, given?: object) => {
    const text = [
      'defmodule A.MixProject do',
      '  use Mix.Project',
      '  @org "acme"',
      `  def project, do: [app: :a, version: "1.0.0", package: [${settings}]]`,
      'end',
      '',
    ].join('\n');
    const reader = readerOf({ 'mix.exs': text });
    const read = hex.format.read(sourceOf('mix.exs', text), reader);
    if (!read.ok || !read.value) throw new Error('no manifest');
    return access.destination!(
      read.value,
      settingsOf({}),
      reader,
      given && hex.endpointsAt('http://r'),
    );
  };

  it.each(['organization: "acme"', 'organization: @org', 'organization: System.get_env("ORG")'])(
    'is refused with its place (FORGE-C004): %s',
    (settings) => {
      expect(check(settings)).toMatchObject({
        problems: [{ code: 'FORGE-C004', where: { file: 'mix.exs', line: 4 } }],
      });
    },
  );

  it('goes to a registry that the run names, and others go where everybody goes', () => {
    expect(check('organization: "acme"', {})).toEqual({ ok: true, value: undefined });
    expect(check('licenses: ["MIT"]')).toEqual({ ok: true, value: undefined });
  });
});

describe('rights', () => {
  const { identity, owners } = hex.remote;
  const answer = (status: number, value: unknown) => ({
    ...{ status, headers: {}, body: Buffer.from(JSON.stringify(value)) },
  });

  it('are those of a user and the organisations of that user', () => {
    const me = { username: 'ada', organizations: [{ name: 'acme' }] };
    expect(identity?.read(answer(200, me))).toEqual({ state: 'known', accounts: ['ada', 'acme'] });
    expect(identity?.read(answer(401, {}))).toMatchObject({ state: 'refused' });
    expect(identity?.read(answer(403, {}))).toEqual({ state: 'known', accounts: [] });
    expect(identity?.read(answer(503, {}))).toMatchObject({ state: 'unknown' });
    expect(owners?.read(answer(200, [{ username: 'bob' }]))).toEqual({
      ...{ state: 'known', owners: ['bob'], complete: true },
    });
    expect(owners?.read(answer(404, {}))).toEqual({ state: 'absent' });
    expect(owners?.read(answer(500, {}))).toMatchObject({ state: 'unknown' });
  });
});
