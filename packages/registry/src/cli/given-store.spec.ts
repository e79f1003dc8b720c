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

const aws = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };

it('takes a bucket, whose region and keys are in the environment', () => {
  const region = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: 'https://s3.example' };
  const bucket = {
    endpoint: 'https://s3.example',
    bucket: 'forge',
    prefix: 'packages/of-all',
    region: 'eu-central-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  };
  const blobs = 's3://forge/packages/of-all/';
  expect(givenStore({ blobs }, { ...aws, ...region })).toEqual({
    data: '.forge/registry',
    bucket,
  });
  expect(givenStore({ blobs, database: url }, { ...aws, ...region })).toEqual({
    database: url,
    bucket,
  });
  expect(givenStore({ blobs: 's3://forge' }, aws)).toMatchObject({
    bucket: { prefix: '', endpoint: 'https://s3.us-east-1.amazonaws.com' },
  });
});

it.each([
  ['a bucket without keys', 's3://forge', {}, /AWS_ACCESS_KEY_ID/],
  ['another address', 'https://forge.example', aws, /no address of a bucket/],
])('refuses %s: FORGE-C001', (_, blobs, env, message) => {
  const attempt = () => givenStore({ blobs }, env);
  expect(attempt).toThrow(expect.objectContaining({ code: 'FORGE-C001' }));
  expect(attempt).toThrow(message);
});

it('refuses what is no address of a database: FORGE-C001', () => {
  for (const database of ['mysql://db.example/forge', 'forge'])
    expect(() => givenStore({ database }, {})).toThrow(
      expect.objectContaining({ code: 'FORGE-C001' }),
    );
});
