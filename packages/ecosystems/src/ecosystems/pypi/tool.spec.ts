import type { Dependency, Embed, Manifest } from '../../model';
import { sdistOf, wheelOf } from './testing/distributions';
import { tool } from './tool';
import { classify } from './upload-commands';

function manifestOf(backend: string | undefined, embeds: readonly Embed[] = []): Manifest {
  const built: Dependency = {
    name: backend ?? '',
    kind: 'build',
    section: 'build-system.requires',
    requirement: null,
  };
  return {
    ecosystem: 'pypi',
    file: 'python/my-lib/pyproject.toml',
    name: 'My-Lib',
    version: { value: '1.2.0', file: 'python/my-lib/pyproject.toml', via: 'project.version' },
    dependencies: backend === undefined ? [] : [built],
    embeds,
    inputs: [],
  };
}

function recipeOf(manifest: Manifest, ...names: readonly string[]) {
  const recipe = tool.package({
    manifest,
    exportRoot: '/export',
    outDir: '/out',
    workDir: '/work',
    localDependencies: [],
    files: { read: () => undefined, walk: () => [] },
    programs: Object.fromEntries(names.map((name) => [name, `/bin/${name}`])),
  });
  if (!recipe.ok) throw recipe.problems[0];
  return recipe.value;
}

const outside: Embed = { manifest: 'crates/x/Cargo.toml', via: 'x', ships: 'binary' };

describe('packaging', () => {
  it.each([
    ['maturin', [outside], ['maturin'], '/bin/maturin build --release --out /out'],
    ['uv_build', [], ['uv'], '/bin/uv build --offline --no-build-isolation --out-dir /out'],
    ['hatchling', [], ['pyproject-build'], '/bin/pyproject-build --no-isolation --outdir /out'],
    ['hatchling', [], ['uv'], '/bin/uv build --offline --no-build-isolation --out-dir /out'],
    [undefined, [], ['pyproject-build'], '/bin/pyproject-build --no-isolation --outdir /out'],
    [
      'setuptools-rust',
      [outside],
      ['pyproject-build'],
      '/bin/pyproject-build --no-isolation --wheel --outdir /out',
    ],
  ])('a project of %s', (backend, embeds, programs, expected) => {
    const [command] = recipeOf(manifestOf(backend, embeds), ...programs).commands;
    expect([command?.program, ...(command?.args ?? [])].join(' ')).toBe(expected);
    expect(command?.cwd).toBe('/export/python/my-lib');
    expect(command?.env).toMatchObject({ SOURCE_DATE_EPOCH: '315532800' });
  });

  it.each([
    ['my_lib-1.2.0-py3-none-any.whl', true],
    ['my_lib-1.2.0.tar.gz', true],
    ['my_lib-1.2-py3-none-any.whl', true],
    ['my_lib-1.3.0.tar.gz', false],
    ['other-1.2.0.tar.gz', false],
    ['.gitignore', false],
  ])('takes %s for an artifact: %s', (filename, expected) => {
    expect(recipeOf(manifestOf('uv_build'), 'uv').isArtifact(filename)).toBe(expected);
  });

  it('says what is needed', () => {
    expect(tool.needs(manifestOf('maturin', [outside]))).toMatchObject({
      package: [{ anyOf: ['maturin'] }, { anyOf: ['cargo'] }],
      publish: [{ anyOf: ['twine', 'uv'] }],
    });
    expect(tool.needs(manifestOf('hatchling')).package[0]?.hint).toBe(
      'pip install build hatchling',
    );
  });
});

describe('uploading', () => {
  const uploads = (program: string, token?: string) =>
    tool.uploads({
      manifest: manifestOf('uv_build'),
      artifacts: ['a.whl', 'a.tar.gz'].map((filename) => ({
        filename,
        path: `/out/${filename}`,
        size: 1,
        sha256: '',
      })),
      exportRoot: '/export',
      workDir: '/work',
      endpoints: { upload: 'http://127.0.0.1:1/pypi/legacy/', json: '' },
      programs: { [program]: `/bin/${program}` },
      ...(token === undefined ? {} : { token }),
    });

  it.each(['twine', 'uv'])('sends file by file with %s, the secret out of sight', (program) => {
    const commands = uploads(program, 'secret').map((each) =>
      each.kind === 'command' ? each.command : undefined,
    );
    expect(commands.map((command) => command?.args.at(-1))).toEqual([
      '/out/a.whl',
      '/out/a.tar.gz',
    ]);
    for (const command of commands) {
      expect(Object.values(command?.secretEnv ?? {})).toEqual(['secret']);
      expect(JSON.stringify([command?.args, command?.env, command?.privateFiles])).not.toContain(
        'secret',
      );
    }
  });

  it('lets the CI system speak where there is no token', () => {
    const [first] = uploads('uv');
    expect(first?.kind === 'command' && first.command.args).toContain('automatic');
  });

  // Recorded from twine 7.0.0 and uv 0.13.8.
  it.each([
    ['published', 0, 'View at:\nhttp://127.0.0.1:1/pypi/'],
    [
      'conflict',
      1,
      'Uploading a-1.0.whl\n\x1b[31mERROR   \x1b[0m HTTPError: 400 Bad Request from http://127.0.0.1:4891/pypi/legacy/   \n         File already exists: `a-1.0.whl` exists with other content   ',
    ],
    [
      'needs-credentials',
      1,
      'ERROR    HTTPError: 403 Forbidden from http://127.0.0.1:4891/pypi/legacy/\n         Invalid or non-existent authentication information.',
    ],
    ['needs-credentials', 1, 'ERROR    NonInteractive: Credential not found for password.'],
    [
      'needs-credentials',
      2,
      'error: Trusted publishing failed\n  cause: error sending request for url (https://127.0.0.1:1/_/oidc/audience)\n  cause: Missing credentials for: http://127.0.0.1:1/pypi/legacy/',
    ],
    [
      'forbidden',
      1,
      'ERROR    HTTPError: 403 Forbidden from http://127.0.0.1:4892/403/\n Forbidden',
    ],
    ['rejected', 1, 'ERROR    HTTPError: 400 Bad Request from http://127.0.0.1:4503/legacy/\n no'],
    [
      'unreachable',
      1,
      'WARNING  Received "503: Service Unavailable"\nERROR    HTTPError: 503 Service Unavailable from http://x/',
    ],
    ['throttled', 1, 'ERROR    HTTPError: 429 Too Many Requests from http://x/'],
    ['unreachable', 1, 'requests.exceptions.ConnectionError: HTTPConnectionPool(host=...)'],
    [
      'unreachable',
      2,
      'error: Failed to publish `/a-1.0.whl` to `http://127.0.0.1:9/pypi/legacy/`\n  cause: Connection refused (os error 111)',
    ],
    [
      'conflict',
      2,
      'Uploading a-1.0.whl (503.5KiB)\n  cause: Server returned status code 400 Bad Request. Server says: 400 File already exists: `a`',
    ],
    [
      'rejected',
      2,
      'Uploading a-1.0.whl (503B)\n  cause: Server returned status code 400 Bad Request.',
    ],
  ])('ends as %s', (kind, exitCode, stderr) => {
    expect(classify({ exitCode, stdout: '', stderr }).kind).toBe(kind);
  });

  it('waits a day for a turn to make a new project', () => {
    const stdout =
      'ERROR    HTTPError: 429 Too Many Requests from http://x/\n Too many new projects created';
    expect(classify({ exitCode: 1, stdout, stderr: '' })).toMatchObject({ retryAfter: 86_400_000 });
  });

  it('reports the last line of a stack trace', () => {
    const stderr =
      'Traceback (most recent call last):\n  File "a.py", line 1\nConnectionError: gone';
    expect(classify({ exitCode: 1, stdout: 'Uploading', stderr })).toEqual({
      kind: 'unreachable',
      detail: 'ConnectionError: gone',
    });
  });

  it('reports without colours and padding', () => {
    expect(
      classify({ exitCode: 1, stdout: '', stderr: '\x1b[31mERROR \x1b[0m no   \n\n' }),
    ).toEqual({
      kind: 'rejected',
      detail: 'ERROR  no',
    });
  });
});

describe('inspecting', () => {
  const wheelName = 'my_lib-1.2.0-py3-none-any.whl';
  const membersOf = (filename: string, bytes: Uint8Array) => {
    const content = tool.inspect(filename, bytes);
    if (!content.ok) throw content.problems[0];
    return content.value;
  };

  it('reads name, version and members', () => {
    const content = membersOf(wheelName, wheelOf('My_Lib', '1.2.0', { 'my_lib/a.py': '' }));
    expect([content.name, content.version, [...content.members.keys()].sort()]).toEqual([
      'My_Lib',
      '1.2.0',
      ['My_Lib-1.2.0.dist-info/METADATA', 'my_lib/a.py'],
    ]);
    const source = membersOf('my_lib-1.2.0.tar.gz', sdistOf('my_lib', '1.2.0'));
    expect([source.name, [...source.members.keys()]]).toEqual([
      'my_lib',
      ['my_lib-1.2.0/PKG-INFO'],
    ]);
  });

  it('does not see the digests in RECORD, nor where maturin found a crate', () => {
    const sbom = 'My_Lib-1.2.0.dist-info/sboms/x.cyclonedx.json';
    const built = (directory: string) =>
      wheelOf(
        'My_Lib',
        '1.2.0',
        { [sbom]: `{"ref":"path+file://${directory}/crates/x#0.1.0"}` },
        directory,
      );
    expect(membersOf(wheelName, built('/tmp/one')).members).toEqual(
      membersOf(wheelName, built('/tmp/other')).members,
    );
  });

  it.each([
    ['my_lib-1.3.0-py3-none-any.whl', wheelOf('my_lib', '1.2.0')],
    ['other-1.2.0-py3-none-any.whl', wheelOf('my_lib', '1.2.0')],
    ['my_lib-1.3.0.tar.gz', sdistOf('my_lib', '1.2.0')],
  ])('refuses %s that is about something else inside (FORGE-A004)', (filename, bytes) => {
    expect(tool.inspect(filename, bytes)).toMatchObject({ problems: [{ code: 'FORGE-A004' }] });
  });

  it('shows every member of a wheel and of an sdist', () => {
    const paths = (filename: string, bytes: Uint8Array) => {
      const found = tool.unpack(filename, bytes);
      return found.ok && found.value.members.map(({ path }) => path);
    };
    const wheel = paths(wheelName, wheelOf('My_Lib', '1.2.0', { 'my_lib/a.py': '' }));
    expect(wheel).toContain('my_lib/a.py');
    expect(wheel).toContain('My_Lib-1.2.0.dist-info/RECORD');
    expect(paths('my_lib-1.2.0.tar.gz', sdistOf('my_lib', '1.2.0'))).toContain(
      'my_lib-1.2.0/PKG-INFO',
    );
  });

  it.each([
    ['demo-1.0-py3-none-any.whl', undefined],
    ['demo-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', undefined],
    ['demo-1.0-cp311-cp311-musllinux_1_2_aarch64.whl', undefined],
    ['demo-1.0-cp311-cp311-linux_armv7l.whl', undefined],
    ['demo-1.0-cp311-cp311-macosx_11_0_arm64.whl', undefined],
    ['demo-1.0.tar.gz', undefined],
    ['demo-1.0-cp311-cp311-linux_x86_64.whl', /`linux_x86_64`/],
    ['demo-1.0-1-cp311-cp311-linux_aarch64.whl', /`linux_aarch64`/],
  ])('knows whether PyPI takes the platform of %s', (filename, what) => {
    const refused = tool.refused?.(filename);
    if (what === undefined) expect(refused).toBeUndefined();
    else {
      expect(refused?.what).toMatch(what);
      expect(refused?.fix).toMatch(/`manylinux_2_17_\w+` or `musllinux_1_2_\w+`/);
    }
  });

  it.each([
    [wheelName, Buffer.from('no zip')],
    ['my_lib-1.2.0.tar.gz', Buffer.from('no gzip')],
    ['my_lib-1.2.0.zip', wheelOf('my_lib', '1.2.0')],
  ])('refuses %s', (filename, bytes) => {
    expect(tool.inspect(filename, bytes)).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-A003' }],
    });
  });
});
