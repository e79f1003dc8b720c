import type { Artifact, CommandResult, Manifest, Upload, UploadContext } from '../../model';
import { buildGem } from './testing/gem';
import { tool } from './tool';

const manifest: Manifest = {
  ecosystem: 'rubygems',
  file: 'gems/acme/acme.gemspec',
  name: 'acme',
  version: { value: '1.2.0', file: 'gems/acme/acme.gemspec', via: 'version' },
  dependencies: [],
  embeds: [],
  inputs: [],
};
const artifact: Artifact = {
  filename: 'acme-1.2.0.gem',
  path: '/out/acme-1.2.0.gem',
  size: 1,
  sha256: '',
};

const anonymous: UploadContext = {
  manifest,
  artifacts: [artifact],
  exportRoot: '/export',
  workDir: '/work',
  endpoints: { host: 'http://127.0.0.1:1234/gems' },
  programs: { gem: '/usr/bin/gem' },
};

function upload(context: Partial<UploadContext>): Upload {
  const [first] = tool.uploads({ ...anonymous, token: 'secret', ...context });
  if (!first) throw new Error('no upload');
  return first;
}

describe('installing a gem from its file', () => {
  const verify = (more: Partial<Manifest>, ...filenames: readonly string[]) => {
    const artifacts = filenames.map((filename) => ({
      ...artifact,
      filename,
      path: `/out/${filename}`,
    }));
    const files = { read: () => undefined, walk: () => [] };
    const places = { exportRoot: '/export', outDir: '/out', workDir: '/work' };
    const context = { ...places, files, localDependencies: [], programs: { gem: '/usr/bin/gem' } };
    return tool.verify?.([{ ...context, artifacts, manifest: { ...manifest, ...more } }]) ?? [];
  };

  it('needs neither a registry nor other gems, and touches no home', () => {
    const [{ command } = fail([new Error('nothing is verified')]), ...more] = verify(
      {},
      'acme-1.2.0.gem',
    );
    expect(more).toEqual([]);
    expect(command.args).toEqual([
      ...['install', '--local', '/out/acme-1.2.0.gem', '--ignore-dependencies', '--no-document'],
      ...['--install-dir', '/work/verify/acme', '--bindir', '/work/verify/acme/bin'],
    ]);
    expect(command.env).toMatchObject({ HOME: '/work/verify/acme', GEM_PATH: '/work/verify/acme' });
  });

  it('is left to others for gems of one platform, and for those that ship a crate', () => {
    expect(verify({}, 'acme-1.2.0-x86_64-darwin.gem')).toEqual([]);
    const embeds = [
      { manifest: 'gems/acme/ext/Cargo.toml', via: 'extensions', ships: 'source' },
    ] as const;
    expect(verify({ embeds }, 'acme-1.2.0.gem')).toEqual([]);
  });
});

describe('packaging a gem', () => {
  const recipe = tool.package({
    manifest,
    exportRoot: '/export',
    outDir: '/out',
    workDir: '/work',
    localDependencies: [],
    files: { read: () => undefined, walk: () => [] },
    programs: { gem: '/usr/bin/gem', git: '/usr/bin/git' },
  });
  const { commands, isArtifact, artifactDir } = recipe.ok ? recipe.value : fail(recipe.problems);

  it('builds in the directory of the gemspec, at a fixed time', () => {
    expect(commands).toEqual([
      {
        program: '/usr/bin/gem',
        args: ['build', 'acme.gemspec'],
        cwd: '/export/gems/acme',
        env: { SOURCE_DATE_EPOCH: '315619200' },
      },
    ]);
    expect(artifactDir).toBe('/export/gems/acme');
  });

  it.each([
    ['acme-1.2.0.gem', true],
    ['acme-1.2.0-x86_64-linux.gem', true],
    ['acme-1.2.0.1.gem', false],
    ['acme-core-1.2.0.gem', false],
    ['acme-1.1.0.gem', false],
  ])('%s is an artifact: %s', (filename, expected) => {
    expect(isArtifact(filename)).toBe(expected);
  });
});

function fail(problems: readonly Error[]): never {
  throw problems[0];
}

describe('uploading a gem', () => {
  it('names the host and keeps the key out of the arguments and the home private', () => {
    const pushed = upload({});
    expect(pushed).toMatchObject({
      kind: 'command',
      command: {
        args: ['push', '/out/acme-1.2.0.gem', '--host', 'http://127.0.0.1:1234/gems', '--verbose'],
        env: { HOME: '/work/gem-home' },
        secretEnv: { GEM_HOST_API_KEY: 'secret' },
      },
    });
  });

  it('never lets `gem push` ask for a password at another registry', () => {
    expect(tool.uploads(anonymous)[0]).toMatchObject({
      command: { secretEnv: { GEM_HOST_API_KEY: '' } },
    });
  });

  it('posts a gem that `gem push` would refuse, to this machine only', () => {
    const tied = { ...manifest, registry: 'https://gems.acme.dev' };
    expect(upload({ manifest: tied })).toMatchObject({
      kind: 'request',
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:1234/gems/api/v1/gems',
        secretHeaders: { authorization: 'secret' },
        bodyFile: '/out/acme-1.2.0.gem',
      },
    });
    const elsewhere = { host: 'https://gems.other.dev' };
    expect(upload({ manifest: tied, endpoints: elsewhere }).kind).toBe('command');
    expect(upload({ manifest: { ...manifest, registry: 'http://127.0.0.1' } }).kind).toBe(
      'command',
    );
  });

  // Recorded from `gem push` of RubyGems 3.3.15; every failure has exit code 1.
  it.each<[string, number, string, string]>([
    ['published', 0, 'Successfully registered gem: acme (1.2.0)\n', ''],
    ['already-there', 0, 'Gem was already pushed: acme (1.2.0)\n', ''],
    ['conflict', 1, 'Repushing of gem versions is not allowed.\nPlease use `gem yank` …', ''],
    ['needs-credentials', 1, 'Access Denied. Please sign up for an account', ''],
    ['forbidden', 1, 'You do not have permission to push to this gem.', ''],
    [
      'rejected',
      1,
      '',
      'ERROR:  "http://127.0.0.1:1/gems" is not allowed by the gemspec, which only allows "https://gems.acme.dev"',
    ],
    [
      'unreachable',
      1,
      '',
      'ERROR:  While executing gem ... (Errno::ECONNREFUSED)\n    Failed to open TCP connection to 127.0.0.1:9 (Connection refused - connect(2) for 127.0.0.1:9)',
    ],
  ])('understands %s', (kind, exitCode, stdout, stderr) => {
    const pushed = upload({});
    const result: CommandResult = { exitCode, stdout: `Pushing gem to …\n${stdout}`, stderr };
    expect(pushed.kind === 'command' && pushed.classify(result).kind).toBe(kind);
  });

  it.each([
    [200, 'published'],
    [401, 'needs-credentials'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [422, 'rejected'],
    [429, 'throttled'],
    [503, 'unreachable'],
    [0, 'unreachable'],
  ])('understands the status %s', (status, kind) => {
    const posted = upload({ manifest: { ...manifest, registry: 'https://gems.acme.dev' } });
    const response = { status, headers: {}, body: Buffer.from('answer') };
    expect(posted.kind === 'request' && posted.classify(response).kind).toBe(kind);
  });
});

describe('looking into a gem', () => {
  it('lists the files and the metadata', () => {
    const content = tool.inspect('acme-1.2.0.gem', buildGem());
    expect(content).toMatchObject({ ok: true, value: { name: 'acme', version: '1.2.0' } });
    expect(content.ok && [...content.value.members.keys()]).toEqual(['lib/acme.rb', 'metadata.gz']);
  });

  it('finds the same content in a gem of another day, and not in one with other files', () => {
    const members = (gem: Uint8Array): unknown => {
      const content = tool.inspect('acme.gem', gem);
      return content.ok && Object.fromEntries(content.value.members);
    };
    const first = members(buildGem());
    expect(members(buildGem({ date: '2026-11-21 00:00:00.000000000 Z' }))).toEqual(first);
    expect(members(buildGem({ files: { 'lib/acme.rb': '' } }))).not.toEqual(first);
    expect(members(buildGem({ lines: ['summary: other'] }))).not.toEqual(first);
  });

  it('says what is no gem', () => {
    const content = tool.inspect('acme.gem', Buffer.from('hello'));
    expect(content.ok ? [] : content.problems.map(({ code }) => code)).toEqual(['FORGE-A003']);
  });
});
