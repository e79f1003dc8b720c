import { npm } from '..';
import { sourceOf } from '../../../testing';

const provenance = npm.access!.provenance!;

const asks = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's3cret',
};

it('is taken by the public registry and by no other one', () => {
  expect(provenance.isTaken(npm.publicEndpoints)).toBe(true);
  expect(provenance.isTaken({ registry: `${npm.publicEndpoints['registry']}/` })).toBe(true);
  expect(provenance.isTaken(npm.endpointsAt('https://forge.example'))).toBe(false);
  expect(provenance.isTaken({ registry: 'https://packages.example' })).toBe(false);
});

it.each([
  [{}, /no job of GitHub Actions or GitLab CI/, /without `provenance`/],
  [{ GITHUB_ACTIONS: 'true' }, /may ask for no identity token/, /id-token: write/],
  [
    { GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://ci.example' },
    ...[/may ask for no identity token/, /id-token: write/],
  ],
  [asks, /no job of GitHub Actions/, /release there/],
  [{ GITLAB_CI: 'true', NPM_ID_TOKEN: 'x' }, /no `SIGSTORE_ID_TOKEN`/, /aud: sigstore/],
] as const)('in %j nobody vouches, for a reason, with a way out', (env, what, fix) => {
  expect(provenance.unwitnessed(env)).toEqual({
    what: expect.stringMatching(what),
    fix: expect.stringMatching(fix),
  });
});

it('GitHub Actions and GitLab CI vouch with their identity tokens', () => {
  expect(provenance.unwitnessed({ GITHUB_ACTIONS: 'true', ...asks })).toBeUndefined();
  expect(provenance.unwitnessed({ GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: 's' })).toBeUndefined();
});

it.each([
  ['11.5.1\n', true],
  ['11.19.1\n', true],
  ['npm warn Unknown config\n12.0.0\n', true],
  ['11.5.0\n', false],
  ['11.5.1-pre.0\n', false],
  ['9.9.4\n', false],
  ['', false],
])('npm that says %j is recent enough: %s', (output, isEnough) => {
  expect(provenance.program.isEnough(output)).toBe(isEnough);
});

const repository = 'github:acme/demo';
const publishConfig = { access: 'public' };
it.each([
  [{ name: 'demo', repository }, undefined, []],
  [{ name: 'demo' }, undefined, ['repository']],
  [{ name: 'demo', repository: { type: 'git', url: ' ' } }, undefined, ['repository']],
  [{ name: '@acme/demo', repository, publishConfig }, undefined, []],
  [{ name: '@acme/demo', repository }, 'public', []],
  [{ name: '@acme/demo', repository }, undefined, ['publishConfig.access']],
  [{ name: '@acme/demo' }, undefined, ['repository', 'publishConfig.access']],
  [{ name: '@acme/demo', repository, publishConfig }, 'restricted', ['publishConfig.access']],
] as const)('%j with the access %s lacks %j', (json, access, fields) => {
  const source = sourceOf('a/package.json', JSON.stringify({ ...json, version: '1.0.0' }));
  const found = provenance.lacking(source, access === undefined ? {} : { access });
  expect(found.map(({ field }) => field)).toEqual(fields);
  for (const { where, frame } of found)
    expect([where, frame]).toEqual([
      expect.objectContaining({ file: 'a/package.json', line: 1 }),
      expect.any(String),
    ]);
});
