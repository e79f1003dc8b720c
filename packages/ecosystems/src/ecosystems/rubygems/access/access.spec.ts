import { rubygems } from '..';
import { readerOf, settingsOf } from '../../../testing';
import type { Manifest } from '../../../model';

const access = rubygems.access!;
const file = '/h/.gem/credentials';

describe('the keys of gem signin', () => {
  const text = '---\n:rubygems_api_key: rubygems_abc\n"https://gems.example": own\n';
  const tokenOf = (host: string) => access.token(settingsOf({ [file]: text }), { host });

  it('are by host, that of the public registry without one', () => {
    expect(tokenOf(rubygems.publicEndpoints['host'] ?? '')).toEqual({
      token: 'rubygems_abc',
      file,
    });
    expect(tokenOf('https://gems.example/')).toEqual({ token: 'own', file });
    expect(tokenOf('https://other.example')).toBeUndefined();
  });

  it('stand in one of two places', () => {
    const place = { home: '/h', root: '/w', directory: '/w', env: {} };
    expect(access.files(place)).toEqual([file, '/h/.local/share/gem/credentials']);
  });
});

describe('where a gem goes', () => {
  const gem = (registry?: string): Manifest => ({
    ...{ ecosystem: 'rubygems', file: 'a.gemspec', name: 'a', inputs: [] },
    ...{ dependencies: [], embeds: [], version: { value: '1', file: 'a.gemspec', via: 'version' } },
    ...(registry === undefined ? {} : { registry }),
  });
  const destinationOf = (registry?: string, given?: string) =>
    access.destination!(
      gem(registry),
      settingsOf({}),
      readerOf({}),
      given === undefined ? undefined : { host: given },
    );

  it('is what `allowed_push_host` says', () => {
    const endpoints = { host: 'https://gems.example' };
    expect(destinationOf('https://gems.example/')).toEqual({
      ok: true,
      value: { endpoints, via: '`allowed_push_host`' },
    });
    expect(destinationOf()).toEqual({ ok: true, value: undefined });
    expect(destinationOf(rubygems.publicEndpoints['host'])).toEqual({ ok: true, value: undefined });
  });

  it('is another registry of the run on this machine only (FORGE-C004)', () => {
    expect(destinationOf('https://gems.example', 'http://127.0.0.1:4874/gems').ok).toBe(true);
    expect(destinationOf(undefined, 'https://other.example/gems').ok).toBe(true);
    expect(destinationOf('https://gems.example', 'https://other.example/gems')).toMatchObject({
      problems: [{ code: 'FORGE-C004', where: { file: 'a.gemspec' } }],
    });
  });
});

describe('trusted publishing', () => {
  it('gives a key', () => {
    const body = Buffer.from('{"rubygems_api_key":"k","name":"n","scopes":["push_rubygem"]}');
    const { exchange } = access;
    expect(exchange?.audience(rubygems.publicEndpoints)).toBe(
      new URL(rubygems.publicEndpoints['host'] ?? '').host,
    );
    expect(exchange?.read({ status: 201, headers: {}, body })).toBe('k');
    expect(exchange?.read({ status: 404, headers: {}, body })).toBeUndefined();
  });
});
