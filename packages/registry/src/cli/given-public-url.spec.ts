import { givenPublicUrl } from './given-public-url';

it.each([
  [undefined, undefined],
  ['https://forge.example/', 'https://forge.example'],
  ['https://forge.example/?', 'https://forge.example'],
  ['https://forge.example/team/#', 'https://forge.example/team'],
  ['http://127.0.0.1:4874/team/registry//', 'http://127.0.0.1:4874/team/registry'],
])('reads %s as %s', (given, expected) => expect(givenPublicUrl(given)).toBe(expected));

it.each(['', 'forge.example', 'ftp://x', 'https://a:secret@x', 'https://x/?a', 'https://x/#a'])(
  'refuses `%s`',
  (given) => {
    const invalid = expect.objectContaining({ code: 'FORGE-C001' });
    expect(() => givenPublicUrl(given)).toThrow(invalid);
    expect(() => givenPublicUrl(given)).not.toThrow('secret');
  },
);
