import { givenStore } from './given-store';

const url = 'postgres://forge@db.example/forge';

it.each([
  ['nothing', {}, {}, { data: '.forge/registry' }],
  ['memory, whatever the environment says', { memory: true }, { FORGE_DATABASE_URL: url }, {}],
  ['a directory', { data: 'kept' }, {}, { data: 'kept' }],
  ['a database', { database: url }, {}, { data: '.forge/registry', database: url }],
  [
    'a database with a password, in the environment',
    { data: 'kept' },
    { FORGE_DATABASE_URL: 'postgres://forge:secret@db.example/forge' },
    { data: 'kept', database: 'postgres://forge:secret@db.example/forge' },
  ],
])('takes %s', (_, options, env, expected) => {
  expect(givenStore(options, env)).toEqual(expected);
});

it.each(['postgres://forge:secret@db.example/forge', `${url}?password=secret`])(
  'refuses a password that everybody can read, and does not repeat it: FORGE-R023',
  (database) => {
    const attempt = () => givenStore({ database }, {});
    expect(attempt).toThrow(expect.objectContaining({ code: 'FORGE-R023' }));
    expect(attempt).toThrow(expect.not.stringContaining('secret'));
  },
);

it('refuses what is no address of a database: FORGE-C001', () => {
  for (const database of ['mysql://db.example/forge', 'forge'])
    expect(() => givenStore({ database }, {})).toThrow(
      expect.objectContaining({ code: 'FORGE-C001' }),
    );
});
