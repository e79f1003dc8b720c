import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWithTools } from './support/describe-with-tools';
import { startFailingProxy } from './support/failing-proxy';
import { openRegistryYard, type RegistryYard } from './support/registry-yard';

/**
 * Habits of native tools that a registry, or who drives the tools, stumbles over. Others of that kind are held
 * where they belong: h2c, races and 100-continue in the specs of the server; reason phrases, JSON answers, the
 * signed name of a repository, checksums of indexes and the Digest probe in those of the ecosystems.
 */
let yard: RegistryYard;
beforeAll(async () => {
  yard = await openRegistryYard();
}, 60_000);
afterAll(() => yard.stop());

const arrived = async (name: string): Promise<readonly string[]> =>
  (await yard.registry.arrivals())
    .filter((each) => each.name === name)
    .flatMap(({ version, files }) => files.map(({ filename }) => `${version} ${filename}`));

describeWithTools('npm', ['npm'], () => {
  const npm = (where: string, registry: string, ...args: readonly string[]) =>
    yard.run(['npm', '--no-update-notifier', ...args], {
      in: where,
      env: {
        npm_config_cache: join(yard.directory, 'cache', where),
        [`npm_config_//${registry.slice('http://'.length)}:_authToken`]: yard.registry.token,
      },
    });
  const manifest = (name: string): string => JSON.stringify({ name, version: '1.0.0' });

  it('puts again what was taken when the answer is lost, and it is there once', async () => {
    const proxy = await startFailingProxy(yard.registry.url, 2);
    yard.write('lost', { 'package.json': manifest('lost') });
    const at = `${proxy.url}/npm/`;
    const patience = [
      '--fetch-retries=2',
      '--fetch-retry-mintimeout=10',
      '--fetch-retry-maxtimeout=20',
    ];
    const published = await npm('lost', at, 'publish', `--registry=${at}`, ...patience);
    await proxy.stop();
    expect(published).toMatchObject({ exitCode: 0 });
    expect(proxy.mutations.map(({ failed }) => failed)).toEqual([true, true, false]);
    expect(await arrived('lost')).toEqual(['1.0.0 lost-1.0.0.tgz']);
  }, 60_000);

  it('is led back to the address by which it came', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const at = yard.registry.url.replace('127.0.0.1', host);
      const response = await fetch(`${at}/npm/lost`);
      const { versions } = (await response.json()) as {
        versions: Record<string, { dist: { tarball: string } }>;
      };
      expect(versions['1.0.0']?.dist.tarball).toBe(`${at}/npm/lost/-/lost-1.0.0.tgz`);
    }
  });

  it('goes where a scope says, whatever `--registry` says, unless the scope is overridden too', async () => {
    const at = `${yard.registry.url}/npm/`;
    yard.write('scoped', {
      'package.json': manifest('@trap/scoped'),
      '.npmrc': '@trap:registry=http://127.0.0.1:9/\n//127.0.0.1:9/:_authToken=elsewhere\n',
    });
    const publish = ['publish', '--access=public', '--fetch-retries=0', `--registry=${at}`];
    const astray = await npm('scoped', at, ...publish);
    expect(astray).toMatchObject({ exitCode: 1, output: expect.stringContaining('127.0.0.1:9') });
    expect(await arrived('@trap/scoped')).toEqual([]);
    const right = await npm('scoped', at, ...publish, `--@trap:registry=${at}`);
    expect(right).toMatchObject({ exitCode: 0 });
    expect(await arrived('@trap/scoped')).toEqual(['1.0.0 scoped-1.0.0.tgz']);
  }, 60_000);
});

describeWithTools('twine', ['pypi'], () => {
  const packBoth = `
import io, tarfile, zipfile
meta = 'Metadata-Version: 2.1\\nName: trap\\nVersion: 1.0\\n'
with zipfile.ZipFile('trap-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('trap-1.0.dist-info/METADATA', meta)
    wheel.writestr('trap-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('trap-1.0.dist-info/RECORD', '')
with tarfile.open('trap-1.0.tar.gz', 'w:gz') as sdist:
    sdist.addfile(tarfile.TarInfo('trap-1.0/setup.py'))
    info = tarfile.TarInfo('trap-1.0/PKG-INFO')
    info.size = len(meta)
    sdist.addfile(info, io.BytesIO(meta.encode()))
`;
  const upload = (url: string, ...files: readonly string[]) =>
    yard.run(
      [
        'twine',
        'upload',
        '--repository-url',
        `${url}/pypi/legacy/`,
        '--config-file',
        '/dev/null',
        ...files,
      ],
      {
        in: 'twine',
        env: {
          TWINE_USERNAME: '__token__',
          TWINE_PASSWORD: yard.registry.token,
          TWINE_NON_INTERACTIVE: '1',
        },
      },
    );
  const [wheel, sdist] = ['trap-1.0-py3-none-any.whl', 'trap-1.0.tar.gz'] as const;

  it('posts again what was taken when the answer is lost, and it is there once', async () => {
    yard.write('twine', { 'pack.py': packBoth });
    await yard.runOk(['python3', 'pack.py'], { in: 'twine' });
    const proxy = await startFailingProxy(yard.registry.url, 2);
    const uploaded = await upload(proxy.url, wheel);
    await proxy.stop();
    expect(uploaded).toMatchObject({ exitCode: 0 });
    expect(proxy.mutations.map(({ failed }) => failed)).toEqual([true, true, false]);
    expect(await arrived('trap')).toEqual([`1.0 ${wheel}`, `1.0 ${wheel}.metadata`]);
  }, 60_000);

  it('leaves a release in part when it stops, and the rest joins it later', async () => {
    expect(await upload(yard.registry.url, wheel, sdist)).toMatchObject({ exitCode: 0 });
    const files = [wheel, `${wheel}.metadata`, sdist].map((file) => `1.0 ${file}`);
    expect(await arrived('trap')).toEqual(files);
  }, 60_000);
});

describeWithTools('gem', ['rubygems'], () => {
  it('pushes no gem to a host that its `allowed_push_host` does not name; a request of our own does', async () => {
    yard.write('gems', {
      'trap.gemspec':
        'Gem::Specification.new do |s|\n  s.name = "trap"\n  s.version = "1.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = []\n  s.metadata["allowed_push_host"] = "https://registry.example"\nend\n',
    });
    await yard.runOk(['gem', 'build', 'trap.gemspec'], { in: 'gems' });
    const { url, token } = yard.registry;
    const argv = ['gem', 'push', 'trap-1.0.gem', '--host', `${url}/gems`];
    const pushed = await yard.run(argv, { in: 'gems', env: { GEM_HOST_API_KEY: token } });
    expect(pushed).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('is not allowed by the gemspec'),
    });
    expect(await arrived('trap')).not.toContain('1.0 trap-1.0.gem');
    const body = readFileSync(join(yard.directory, 'gems/trap-1.0.gem'));
    const headers = { authorization: token };
    const posted = await fetch(`${url}/gems/api/v1/gems`, { method: 'POST', body, headers });
    expect(posted.status).toBe(200);
    expect(await arrived('trap')).toContain('1.0 trap-1.0.gem');
  }, 60_000);
});

describeWithTools('cargo', ['cargo'], () => {
  it('finds the crate in the index as soon as it has its answer', async () => {
    const root = yard.write('crate', {
      'Cargo.toml':
        '[package]\nname = "trap"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "d"\n',
      'src/lib.rs': '',
    });
    const before = yard.registry.requests().length;
    const { url, token } = yard.registry;
    await yard.runOk(['cargo', 'publish', '--registry', 'forge', '--no-verify', '--allow-dirty'], {
      in: 'crate',
      env: {
        CARGO_REGISTRIES_FORGE_INDEX: `sparse+${url}/cargo/index/`,
        CARGO_REGISTRIES_FORGE_TOKEN: token,
        CARGO_TARGET_DIR: join(root, 'target'),
      },
    });
    const polls = () => {
      const asked = yard.registry.requests().slice(before);
      const published = asked.findIndex(({ method }) => method === 'PUT');
      return asked.slice(published + 1).filter(({ path }) => path.endsWith('/tr/ap/trap'));
    };
    // A request is written down after its answer, which cargo may have read before.
    for (let tries = 0; tries < 100 && polls().length === 0; tries += 1) await pause(50);
    // cargo asks once a second until it is there.
    expect(polls().map(({ status }) => status)).toEqual([200]);
  }, 60_000);
});
