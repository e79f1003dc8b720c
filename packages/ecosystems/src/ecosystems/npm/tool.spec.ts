import type { Artifact, Manifest, UploadContext } from '../../model';
import { npm } from '.';
import { packTarball } from './testing/tarball';

const manifest = {
  file: 'packages/demo/package.json',
  name: '@acme/demo',
  version: { value: '1.3.0', file: 'packages/demo/package.json', via: 'version' },
} as Manifest;

const artifact: Artifact = {
  filename: 'acme-demo-1.3.0.tgz',
  path: '/out/acme-demo-1.3.0.tgz',
  size: 1,
  sha256: '',
};

function upload(context: Partial<UploadContext> = {}) {
  const [only, ...others] = npm.tool.uploads({
    manifest,
    artifacts: [artifact],
    exportRoot: '/export',
    workDir: '/work-dir',
    endpoints: npm.endpointsAt('http://127.0.0.1:4873'),
    token: 's3cret',
    programs: { npm: '/usr/bin/npm' },
    ...context,
  });
  expect(others).toEqual([]);
  if (only?.kind !== 'command') throw new Error('not a command');
  return only.command;
}

describe('packing', () => {
  it('runs `npm pack` in the package, with private settings and offline', () => {
    const recipe = npm.tool.package({
      manifest,
      exportRoot: '/export',
      outDir: '/out',
      workDir: '/work-dir',
      localDependencies: [],
      files: { read: () => undefined, walk: () => [] },
      programs: { npm: '/usr/bin/npm' },
    });
    if (!recipe.ok) throw recipe.problems[0];
    expect(recipe.value.commands).toEqual([
      {
        program: '/usr/bin/npm',
        args: ['pack', '--pack-destination', '/out', '--dry-run=false', '--json=false'],
        cwd: '/export/packages/demo',
        passEnv: ['CARGO_HOME', 'RUSTUP_HOME'],
        env: expect.objectContaining({
          npm_config_offline: 'true',
          npm_config_cache: '/work-dir/npm-cache',
          npm_config_userconfig: '/work-dir/npm.npmrc',
        }),
      },
    ]);
    expect(recipe.value.isArtifact('acme-demo-1.3.0.tgz')).toBe(true);
    expect(recipe.value.isArtifact('acme-demo-1.2.0.tgz')).toBe(false);
  });
});

describe('publishing', () => {
  it('sends the tarball to the one registry, whatever publishConfig and .npmrc say', () => {
    const { program, args, cwd } = upload();
    expect([program, args[0], args[1], cwd]).toEqual([
      '/usr/bin/npm',
      'publish',
      artifact.path,
      '/work-dir',
    ]);
    expect(args).toContain('--registry=http://127.0.0.1:4873/npm/');
    expect(args).toContain('--@acme:registry=http://127.0.0.1:4873/npm/');
    expect(args).toContain('--fetch-retries=0');
  });

  it('keeps the token out of the arguments and of the file', () => {
    const { args, privateFiles, secretEnv } = upload();
    expect(JSON.stringify([args, privateFiles])).not.toContain('s3cret');
    expect(secretEnv).toEqual({ FORGE_NPM_TOKEN: 's3cret' });
    const path = '/work-dir/npm-acme-demo-1.3.0.tgz.npmrc';
    const content = '//127.0.0.1:4873/npm/:_authToken=${FORGE_NPM_TOKEN}\n';
    expect(privateFiles).toEqual([{ path, content }]);
    expect(args).toContain(`--userconfig=${path}`);
  });

  it.each([
    ['1.3.0', undefined],
    ['1.3.0+build-7', undefined],
    ['1.3.0-rc.1', 'rc'],
    ['1.3.0-alpha', 'alpha'],
    ['1.3.0-0', 'next'],
  ])('gives %s the tag %s unless publishConfig has one', (value, tag) => {
    const { args, env } = upload({
      manifest: { ...manifest, version: { ...manifest.version, value } },
    });
    expect(env?.['npm_config_tag']).toBe(tag);
    expect(args.join(' ')).not.toContain('--tag');
  });

  it('passes the tag and the access that were asked for', () => {
    const { args } = upload({ tag: 'old', access: 'public' });
    expect(args).toEqual(expect.arrayContaining(['--tag=old', '--access=public']));
  });
});

describe('a statement of provenance', () => {
  const own = { ...manifest, name: 'demo' };

  it('is switched off where nobody asks for it, whatever npm would do by itself', () => {
    const { args, passEnv, passSecretEnv } = upload();
    expect(args).toContain('--provenance=false');
    expect([passEnv, passSecretEnv]).toEqual([undefined, undefined]);
  });

  it('needs what the CI system says of the job, its identity token as a secret', () => {
    const { args, passEnv, passSecretEnv } = upload({ provenance: true });
    expect(args).toContain('--provenance=true');
    expect(passEnv).toEqual(
      expect.arrayContaining(['GITHUB_ACTIONS', 'GITHUB_WORKFLOW_REF', 'GITLAB_CI', 'CI_JOB_URL']),
    );
    expect(passSecretEnv).toEqual(['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'SIGSTORE_ID_TOKEN']);
    expect(passEnv?.filter((name) => /TOKEN$|PASSWORD/.test(name))).toEqual([]);
  });

  it('is made of a new name when npm is told that it is public; scopes say that themselves', () => {
    expect(upload({ provenance: true, manifest: own }).args).toContain('--access=public');
    expect(upload({ manifest: own }).args.join()).not.toContain('--access');
    expect(upload({ provenance: true }).args.join()).not.toContain('--access');
  });
});

describe('inspecting', () => {
  it('gives name, version and members', () => {
    const json = '{"name": "@acme/demo", "version": "1.3.0"}';
    const tarball = packTarball({ 'package.json': json, 'lib/a.js': 'a' });
    const content = npm.tool.inspect('acme-demo-1.3.0.tgz', tarball);
    if (!content.ok) throw content.problems[0];
    expect(content.value).toMatchObject({ name: '@acme/demo', version: '1.3.0' });
    expect([...content.value.members.keys()]).toEqual(['package.json', 'lib/a.js']);
  });

  it.each([
    ['text', Buffer.from('no archive')],
    ['an archive without a manifest', packTarball({ 'a.js': '' })],
    ['an archive with a broken manifest', packTarball({ 'package.json': '{' })],
  ])('refuses %s', (_, bytes) => {
    const content = npm.tool.inspect('a.tgz', bytes);
    expect(content.ok ? undefined : content.problems[0]?.code).toBe('FORGE-A003');
  });
});
