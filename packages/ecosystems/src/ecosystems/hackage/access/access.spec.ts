import { hackage } from '..';
import { settingsOf } from '../../../testing';

const access = hackage.access!;
const file = '/h/.cabal/config';
const repository = (url: string): string => `repository r\n  url: ${url}\n`;

function tokenOf(text: string, endpoints = hackage.publicEndpoints) {
  return access.token(settingsOf({ [file]: text }), endpoints);
}

describe('the configuration of cabal', () => {
  it('holds a token or an account, for the repositories that it names', () => {
    const url = hackage.publicEndpoints['repository'] ?? '';
    expect(tokenOf(`${repository(url)}token: abc\n`)).toEqual({ token: 'abc', file });
    expect(tokenOf(`${repository(`${url}/`)}username: ada\npassword: pass word\n`)).toEqual({
      ...{ username: 'ada', token: 'pass word', file },
    });
    expect(tokenOf('username: ada\npassword: x\n')).toMatchObject({ username: 'ada' });
    expect(tokenOf(`${repository('http://other.example/')}token: abc\n`)).toBeUndefined();
    expect(tokenOf('-- token: abc\n')).toBeUndefined();
    expect(tokenOf('username: ada\n')).toBeUndefined();
  });

  it('is looked for where cabal looks', () => {
    const place = { home: '/h', root: '/w', directory: '/w', env: {} };
    expect(access.files(place)).toEqual([file, '/h/.config/cabal/config']);
    expect(access.files({ ...place, env: { CABAL_DIR: '/c' } })).toEqual(['/c/config']);
    expect(access.files({ ...place, env: { CABAL_CONFIG: '/c/x' } })).toEqual(['/c/x']);
  });
});

describe('maintainers', () => {
  it('are asked for as JSON', () => {
    const read = (status: number, text: string) =>
      hackage.remote.owners?.read({ status, headers: {}, body: Buffer.from(text) });
    expect(read(200, '{"members":[{"userid":1,"username":"ada"}]}')).toEqual({
      ...{ state: 'known', owners: ['ada'], complete: true },
    });
    expect(read(200, '<html>')).toMatchObject({ state: 'unknown' });
    expect(read(404, '')).toEqual({ state: 'absent' });
  });
});
