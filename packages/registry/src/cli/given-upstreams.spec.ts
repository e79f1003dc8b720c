import { ecosystems } from '@forge/ecosystems';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenClaims, givenUpstreams } from './given-upstreams';

const directory = mkdtempSync(join(tmpdir(), 'forge-claims-'));
afterAll(() => rmSync(directory, { recursive: true }));
const invalid = expect.objectContaining({ code: 'FORGE-C001' });

it('takes the public registry, another server of this kind, or all that can be read through', () => {
  const publicOnes = givenUpstreams(['all'], ecosystems);
  expect(Object.keys(publicOnes)).toEqual(
    ecosystems.filter(({ wire }) => wire.upstream && !wire.upstream.isPrivate).map(({ id }) => id),
  );
  expect(givenUpstreams(['cargo'], ecosystems)).toEqual({ cargo: publicOnes['cargo'] });
  expect(givenUpstreams(['all', 'cargo=http://127.0.0.1:1/'], ecosystems)).toEqual({
    ...publicOnes,
    cargo: ecosystems.find(({ id }) => id === 'cargo')?.endpointsAt('http://127.0.0.1:1'),
  });
});

it('takes no public registry that is too large for it, but another one', () => {
  expect(() => givenUpstreams(['hackage'], ecosystems)).toThrow(invalid);
  expect(givenUpstreams(['hackage=http://127.0.0.1:1'], ecosystems)).toEqual({
    hackage: { repository: 'http://127.0.0.1:1/hackage' },
  });
});

it.each(['nothing', 'cargo=', 'cargo=ftp://x', 'cargo=http://user:secret@127.0.0.1:1'])(
  'refuses %s, without showing a password',
  (which) => {
    expect(() => givenUpstreams([which], ecosystems)).toThrow(invalid);
    expect(() => givenUpstreams([which], ecosystems)).not.toThrow('secret');
  },
);

it('reads claims', () => {
  const file = join(directory, 'claims.json');
  writeFileSync(file, '{"npm": ["@acme/*"]}');
  expect(givenClaims(file)).toEqual({ npm: ['@acme/*'] });
  expect(givenClaims(undefined)).toEqual({});
});

it.each(['[]', '{"npm": "a"}', 'nonsense'])('refuses claims that are none: %s', (content) => {
  const file = join(directory, 'bad.json');
  writeFileSync(file, content);
  expect(() => givenClaims(file)).toThrow(invalid);
  expect(() => givenClaims(join(directory, 'absent'))).toThrow(invalid);
});
