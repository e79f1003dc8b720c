import { gzip, writeTar } from '../../archive';
import type { Manifest, UploadContext } from '../../model';
import { publicEndpoints } from './endpoints';
import { tool } from './tool';

const manifest: Manifest = {
  ecosystem: 'hackage',
  file: 'libs/demo/demo.cabal',
  name: 'demo',
  version: { value: '1.2.0', file: 'libs/demo/demo.cabal', via: 'version' },
  dependencies: [],
  embeds: [],
  inputs: [],
};
const programs = { cabal: '/usr/bin/cabal' };

it('packs the exported directory without its project, in a private home', () => {
  const recipe = tool.package({
    manifest,
    exportRoot: '/export',
    outDir: '/out',
    workDir: '/work',
    localDependencies: [],
    files: { read: () => undefined, walk: () => [] },
    programs,
  });
  if (!recipe.ok) throw recipe.problems[0];
  expect(recipe.value.commands).toEqual([
    {
      program: '/usr/bin/cabal',
      args: ['sdist', '--ignore-project', '--builddir=/work/dist/demo', '--output-directory=/out'],
      cwd: '/export/libs/demo',
      env: {
        CABAL_DIR: '/work/cabal',
        CABAL_CONFIG: '/work/cabal-package-demo.config',
        HOME: '/work/cabal',
      },
      privateFiles: [
        {
          path: '/work/cabal-package-demo.config',
          content: expect.not.stringContaining('repository'),
        },
      ],
    },
  ]);
  expect(recipe.value.isArtifact('demo-1.2.0.tar.gz')).toBe(true);
  expect(recipe.value.isArtifact('demo-extra-1.2.0.tar.gz')).toBe(false);
});

describe('the upload', () => {
  const path = '/out/demo-1.2.0.tar.gz';
  const context: UploadContext = {
    manifest,
    artifacts: [{ filename: 'demo-1.2.0.tar.gz', path, size: 1, sha256: '' }],
    exportRoot: '/export',
    workDir: '/work',
    endpoints: { repository: 'http://127.0.0.1:1/hackage' },
    programs,
  };
  const command = (token?: string) => {
    const [upload] = tool.uploads(token === undefined ? context : { ...context, token });
    if (upload?.kind !== 'command') throw new Error('no command');
    return upload.command;
  };

  const variable = 'FORGE_HACKAGE_PASSWORD';

  it('names one repository, and hands over the token without a file', () => {
    const { args, privateFiles, secretEnv } = command('secret');
    expect(args).toEqual(['upload', '--publish', path]);
    expect(secretEnv).toEqual({ [variable]: 'secret' });
    expect(privateFiles?.[0]?.content.split('\n').slice(1)).toEqual([
      'username: forge',
      `password-command: printenv ${variable}`,
      'repository forge',
      '  url: http://127.0.0.1:1/hackage',
      '  secure: False',
      '',
    ]);
  });

  it('gives Hackage itself a token, which has no command, in a private file', () => {
    const endpoints = publicEndpoints;
    const [upload] = tool.uploads({ ...context, endpoints, token: 'secret' });
    expect(upload).toMatchObject({
      command: { privateFiles: [{ content: expect.stringContaining('token: secret\n') }] },
    });
    const account = tool.uploads({ ...context, endpoints, token: 'secret', username: 'ann' });
    expect(account).toMatchObject([
      { command: { privateFiles: [{ content: expect.not.stringContaining('secret') }] } },
    ]);
  });

  it('reads a regular file: cabal puts one in the place of a device', () => {
    const { env, privateFiles } = command('secret');
    expect(env?.['CABAL_CONFIG']).toBe(privateFiles?.[0]?.path);
    expect(env?.['CABAL_CONFIG']).toMatch(/^\/work\//);
  });

  it('of a candidate publishes nothing, whatever its archive is called', () => {
    const version = { ...manifest.version, value: '1.2.0-rc.1' };
    const [upload] = tool.uploads({ ...context, manifest: { ...manifest, version } });
    expect(upload).toMatchObject({ command: { args: ['upload', path] } });
  });

  it('of a version that cannot be read publishes nothing either', () => {
    const version = { ...manifest.version, value: null };
    const [upload] = tool.uploads({ ...context, manifest: { ...manifest, version } });
    expect(upload).toMatchObject({ command: { args: ['upload', path] } });
  });

  it('takes an account for a token as well, and none', () => {
    const account = command('ann:pass:word');
    expect(account.privateFiles?.[0]?.content).toContain('username: ann\npassword-command: ');
    expect(account.secretEnv).toEqual({ [variable]: 'pass:word' });
    expect(command().privateFiles?.[0]?.content).not.toContain('password');
    expect(command().secretEnv).toBeUndefined();
  });

  // Recorded from cabal 3.4.1.
  it.each([
    [0, 'Package successfully published.', '', 'published'],
    [0, 'Package successfully uploaded as candidate.', '', 'published'],
    [1, 'Error uploading x: http\ncode 401\nno valid token\n', '', 'needs-credentials'],
    [1, '127.0.0.1 username: ', '<stdin>: hGetLine: end of file\n', 'needs-credentials'],
    [
      1,
      'Error uploading x: http code 403\nThis version of the package has already\nbeen uploaded.\n',
      '',
      'conflict',
    ],
    [1, 'Error uploading x: http code 403\nNot a maintainer\n', '', 'forbidden'],
    [1, 'Error uploading x: http code 400\nno licence\n', '', 'rejected'],
    [1, 'Error uploading x: http code 503\n', '', 'unreachable'],
    [
      1,
      '',
      'cabal: openTCPConnection: failed to connect to 127.0.0.1:9: Network.Socket',
      'unreachable',
    ],
    [1, '', 'cabal: x.tar.gz: does not exist (No such file or directory)', 'rejected'],
    [1, 'Uploading', "cabal: '/usr/bin/curl' exited with an error:\ncurl: (7)", 'unreachable'],
    [
      1,
      'Uploading',
      "cabal: '/usr/bin/wget' exited with an error:\nHTTP/1.1 401 Unauthorized\n\nUsername/Password Authentication Failed.",
      'needs-credentials',
    ],
    [
      1,
      'Uploading',
      "cabal: '/usr/bin/wget' exited with an error:\nConnecting to 127.0.0.1:4998... failed: Connection refused.",
      'unreachable',
    ],
  ])('exit %i with %j %j is %3$s', (exitCode, stdout, stderr, kind) => {
    const [upload] = tool.uploads(context);
    if (upload?.kind !== 'command') throw new Error('no command');
    expect(upload.classify({ exitCode, stdout, stderr })).toMatchObject({ kind });
  });
});

describe('an artifact', () => {
  const file = (name: string, text: string) => ({
    name: `demo-1.2.0/${name}`,
    type: 'file' as const,
    mode: 0o644,
    content: Buffer.from(text),
  });
  const members = [file('demo.cabal', 'name: demo\nversion: 1.2.0\n'), file('A.hs', '')];

  it('is its members, whatever their order', () => {
    const [one, two] = [members, [...members].reverse()].map((each) =>
      tool.inspect('demo-1.2.0.tar.gz', gzip(writeTar(each))),
    );
    expect(one).toEqual(two);
    expect(one).toMatchObject({ ok: true, value: { name: 'demo', version: '1.2.0' } });
  });

  it('is the candidate that its description names', () => {
    const description = 'name: demo\nversion: 1.2.0\nx-release-candidate: rc.1\n';
    const bytes = gzip(writeTar([file('demo.cabal', description)]));
    expect(tool.inspect('demo-1.2.0.tar.gz', bytes)).toMatchObject({
      ok: true,
      value: { version: '1.2.0-rc.1' },
    });
  });

  it('is refused when it is none', () =>
    expect(tool.inspect('x.tar.gz', Buffer.from('x'))).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-A003' }],
    }));
});
