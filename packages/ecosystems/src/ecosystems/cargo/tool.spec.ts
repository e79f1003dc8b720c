import { gzip, writeTar } from '../../archive';
import type { Manifest, PackageContext, UploadContext } from '../../model';
import { cargo } from '.';
import { classifyPublish } from './registry/transcript';
import { valueOf } from './testing/workspace';

function manifest(name: string, inputs: readonly string[], more: Partial<Manifest> = {}): Manifest {
  const file = `crates/${name}/Cargo.toml`;
  const version = { value: '1.0.0', file, via: 'package.version' };
  return { ecosystem: 'cargo', file, name, version, dependencies: [], embeds: [], inputs, ...more };
}

const core = manifest('core', ['Cargo.toml']);
const needsCore = {
  dependencies: [
    {
      name: 'core',
      kind: 'runtime',
      section: 'dependencies',
      requirement: '1',
      path: 'crates/core',
    },
  ],
} as const;

function contextOf(of: Manifest, localDependencies: readonly Manifest[]): PackageContext {
  return {
    manifest: of,
    exportRoot: '/export',
    outDir: '/out',
    workDir: '/work',
    localDependencies,
    files: { read: () => undefined, walk: () => [] },
    programs: { cargo: '/bin/cargo' },
  };
}

function recipe(...args: Parameters<typeof contextOf>) {
  return valueOf(cargo.tool.package(contextOf(...args)));
}

describe('package', () => {
  it('packs a crate together with the local crates it needs and takes its own file only', () => {
    const app = manifest('app', ['Cargo.toml'], needsCore);
    const { commands, artifactDir, isArtifact } = recipe(app, [core]);
    expect(commands).toMatchObject([
      {
        program: '/bin/cargo',
        cwd: '/export/crates/app',
        args: [
          'package',
          '--no-verify',
          '--allow-dirty',
          '--offline',
          '--target-dir',
          '/work/package/app',
          '-p',
          'core@1.0.0',
          '-p',
          'app@1.0.0',
        ],
      },
    ]);
    expect(artifactDir).toBe('/work/package/app/package');
    expect(['app-1.0.0.crate', 'core-1.0.0.crate', 'tmp-crate'].filter(isArtifact)).toEqual([
      'app-1.0.0.crate',
    ]);
  });

  it('leaves the lock file out where a local crate of another workspace would have to be resolved', () => {
    const args = recipe(manifest('app', [], needsCore), [core]).commands[0]?.args ?? [];
    expect(args).toContain('--exclude-lockfile');
    expect(args).not.toContain('core@1.0.0');
  });
});

describe('building from what was packed', () => {
  const verify = (...contexts: readonly PackageContext[]) =>
    cargo.tool.verify?.(contexts.map((context) => ({ ...context, artifacts: [] }))) ?? [];

  it('takes all crates of a workspace at once, with what they need of it', () => {
    const app = manifest('app', ['Cargo.toml'], needsCore);
    const cli = manifest('cli', ['Cargo.toml'], needsCore);
    const [one, ...others] = verify(contextOf(app, [core]), contextOf(cli, [core]));
    expect(others).toEqual([]);
    expect(one?.manifests).toEqual([app, cli]);
    const { args = [] } = one?.command ?? {};
    expect(args.slice(0, 3)).toEqual(['package', '--allow-dirty', '--offline']);
    expect(args.slice(5)).toEqual(['-p', 'core@1.0.0', '-p', 'app@1.0.0', '-p', 'cli@1.0.0']);
  });

  it('keeps workspaces apart, and leaves out what needs a crate of another one', () => {
    const alone = manifest('alone', []);
    const stranger = manifest('stranger', [], needsCore);
    const found = verify(contextOf(core, []), contextOf(alone, []), contextOf(stranger, [core]));
    expect(found.map(({ manifests }) => manifests)).toEqual([[core], [alone]]);
    expect(new Set(found.map(({ command }) => command.args[4])).size).toBe(2);
  });
});

function upload(endpoints: UploadContext['endpoints'], token?: string) {
  const context: UploadContext = {
    manifest: core,
    artifacts: [],
    exportRoot: '/export',
    workDir: '/work',
    endpoints,
    programs: {},
    ...(token !== undefined && { token }),
  };
  const [first] = cargo.tool.uploads(context);
  if (first?.kind !== 'command') throw new Error('no command');
  return first.command;
}

describe('uploads', () => {
  it('publishes to another registry from a private home, the token in the environment', () => {
    const command = upload(cargo.endpointsAt('http://127.0.0.1:4873'), 't0ken');
    expect(command.args.slice(0, 3)).toEqual([
      '--config',
      'source.crates-io.replace-with="forge"',
      'publish',
    ]);
    expect(command.args.slice(-2)).toEqual(['--registry', 'forge']);
    expect(command.env).toMatchObject({
      CARGO_HOME: expect.stringMatching(/^\/work\/home-/),
      CARGO_REGISTRIES_FORGE_INDEX: 'sparse+http://127.0.0.1:4873/cargo/index/',
    });
    expect(command.passEnv).not.toContain('CARGO_HOME');
    expect(command.secretEnv).toEqual({ CARGO_REGISTRIES_FORGE_TOKEN: 't0ken' });
    expect(JSON.stringify({ ...command, secretEnv: {} })).not.toContain('t0ken');
  });

  it('names the public registry, so that no configured default takes its place', () => {
    const command = upload(cargo.publicEndpoints, 't0ken');
    expect(command.args).toEqual(expect.arrayContaining(['--registry', 'crates-io']));
    expect(command.secretEnv).toEqual({ CARGO_REGISTRY_TOKEN: 't0ken' });
    expect(upload(cargo.publicEndpoints).secretEnv).toBeUndefined();
  });
});

/** A `.crate` of these files. */
function crate(files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(files).map(([name, text]) => ({
    name,
    type: 'file' as const,
    mode: 0o644,
    content: new Uint8Array(Buffer.from(text)),
  }));
  return gzip(writeTar(entries));
}

describe('inspect', () => {
  const toml = '[package]\nname = "core"\nversion = "1.0.0"\n';

  it('leaves out what differs between two builds of one content', () => {
    const bytes = crate({
      'core-1.0.0/Cargo.toml': toml,
      'core-1.0.0/src/lib.rs': '',
      'core-1.0.0/Cargo.lock': 'version = 4',
      'core-1.0.0/.cargo_vcs_info.json': '{}',
    });
    const content = valueOf(cargo.tool.inspect('core-1.0.0.crate', bytes));
    expect(content).toMatchObject({ name: 'core', version: '1.0.0' });
    expect([...content.members.keys()]).toEqual(['Cargo.toml', 'src/lib.rs']);
  });

  it.each([
    ['no gzip', new Uint8Array([1, 2, 3])],
    ['no manifest', crate({ 'core-1.0.0/src/lib.rs': '' })],
    ['another directory', crate({ 'other-1.0.0/Cargo.toml': toml })],
    ['a way out', crate({ 'core-1.0.0/Cargo.toml': toml, 'core-1.0.0/../../x': '' })],
  ])('refuses %s', (_, bytes) => {
    expect(cargo.tool.inspect('core-1.0.0.crate', bytes)).toMatchObject({
      problems: [{ code: 'FORGE-A003' }],
    });
  });
});

describe('transcripts of cargo 1.95', () => {
  it.each([
    ['(status 429 Too Many Requests): You have published too many crates', {}],
    [
      '(status 429 Too Many Requests): Please try again after Sat, 21 Nov 2026 12:30:00 GMT or email',
      { until: Date.UTC(2026, 10, 21, 12, 30) },
    ],
    [
      'failed to get a 200 OK response, got 429\nheaders:\n\tretry-after: 30',
      { retryAfter: 30_000 },
    ],
  ])('say until when it is throttled: %s', (text, times) => {
    const stderr = `error: failed to publish\n\nCaused by:\n  ${text}`;
    const { detail: _, ...outcome } = classifyPublish({ exitCode: 101, stdout: '', stderr }) as {
      detail: string;
    };
    expect(outcome).toEqual({ kind: 'throttled', ...times });
  });

  it.each([
    [0, '    Uploaded core v1.0.0 to registry `forge`', 'published'],
    [101, 'error: crate core@1.0.0 already exists on `forge` index', 'already-there'],
    [
      101,
      'error: no token found for `forge`, please run `cargo login --registry forge`\nor use environment variable CARGO_REGISTRIES_FORGE_TOKEN',
      'needs-credentials',
    ],
    [
      101,
      'error: failed to publish core v1.0.0 to registry at http://127.0.0.1:1/cargo\n\nCaused by:\n  the remote server responded with an error (status 401 Unauthorized): no valid token',
      'needs-credentials',
    ],
    [
      101,
      'Caused by:\n  the remote server responded with an error (status 403 Forbidden): not an owner',
      'forbidden',
    ],
    [
      101,
      'Caused by:\n  the remote server responded with an error (status 429 Too Many Requests): slow down',
      'throttled',
    ],
    [
      101,
      'error: download of config.json failed\n\nCaused by:\n  [7] Could not connect to server (Failed to connect to 127.0.0.1 port 1 after 0 ms)',
      'unreachable',
    ],
    [
      101,
      'Caused by:\n  the remote server responded with an error (status 400 Bad Request): crate version `1.0.0` is already uploaded',
      'already-there',
    ],
    [
      101,
      'warning: w\nerror: all dependencies must have a version requirement specified',
      'rejected',
    ],
  ])('exit code %s, %j: %s', (exitCode, stderr, kind) => {
    const outcome = classifyPublish({ exitCode, stdout: '', stderr });
    expect(outcome.kind).toBe(kind);
    if ('detail' in outcome) expect(outcome.detail).not.toContain('warning');
  });
});
