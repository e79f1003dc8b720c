import { describeWithTools } from './support/describe-with-tools';
import { openRegistryYard, type RegistryYard } from './support/registry-yard';

const cabalFile = (version: string): string =>
  `cabal-version: 2.4\nname: lantern\nversion: ${version}\nsynopsis: s\ndescription: A lantern for tests.\ncategory: Test\nmaintainer: m@example.invalid\nlicense: MIT\nbuild-type: Simple\n\nlibrary\n  build-depends: base <5\n  default-language: Haskell2010\n`;
const consumer = `cabal-version: 2.4\nname: user\nversion: 0\n\nlibrary\n  build-depends: base, lantern\n  default-language: Haskell2010\n`;

/** `cabal.config` of the server names its key; from there on every byte is held to a signature. */
describeWithTools('a secure repository', ['hackage'], () => {
  let yard: RegistryYard;
  let stanza = '';
  beforeAll(async () => {
    yard = await openRegistryYard();
    stanza = await (await fetch(`${yard.registry.url}/hackage/cabal.config`)).text();
    for (const version of ['1.0.0', '1.1.0']) await publish(version);
    yard.write('project', { 'user.cabal': consumer, 'cabal.project': 'packages: .\n' });
  }, 120_000);
  afterAll(() => yard.stop());

  function cabal(home: string, config: string, where: string, ...args: readonly string[]) {
    const CABAL_DIR = yard.write(home, { config });
    const env = { CABAL_CONFIG: `${CABAL_DIR}/config`, CABAL_DIR };
    return yard.run(['cabal', ...args], { in: where, env });
  }
  async function publish(version: string) {
    const files = { 'lantern.cabal': cabalFile(version), 'cabal.project': 'packages: .\n' };
    yard.write('lantern', files);
    await yard.runOk(['cabal', 'sdist', '-v0'], { in: 'lantern' });
    const archive = `dist-newstyle/sdist/lantern-${version}.tar.gz`;
    const config = `${stanza}username: alice\npassword: ${yard.registry.tokens['alice']}\n`;
    const sent = await cabal('publisher', config, 'lantern', 'upload', '--publish', archive);
    expect(sent.exitCode).toBe(0);
  }
  const deprecate = (form: string) =>
    fetch(`${yard.registry.url}/hackage/package/lantern/preferred`, {
      method: 'PUT',
      body: form,
      headers: {
        authorization: `X-ApiKey ${yard.registry.tokens['alice']}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  const takeBack = (version: string) =>
    fetch(`${yard.registry.url}/api/v1/packages/hackage/lantern/${version}/files`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${yard.registry.tokens['alice']}` },
    });
  /** Updates, and answers what the solver takes. */
  async function solve(): Promise<string> {
    const updated = await cabal('home', stanza, 'project', 'update', '-v1');
    expect([updated.exitCode, updated.output]).toEqual([0, expect.anything()]);
    const { output } = await cabal('home', stanza, 'project', 'build', '--dry-run');
    return /lantern-([\d.]+) /.exec(output)?.[1] ?? output;
  }

  it('is read on where cabal stopped, and builds what it holds', async () => {
    expect(await solve()).toBe('1.1.0');
    await publish('1.2.0');
    expect(await solve()).toBe('1.2.0');
    expect((await deprecate('preferred=&deprecated=1.2.0')).status).toBe(200);
    expect(await solve()).toBe('1.1.0');
    expect((await deprecate('preferred=')).status).toBe(200);
    expect(await solve()).toBe('1.2.0');
    const read = yard.registry.requests().filter(({ path }) => path.includes('/01-index.tar'));
    // The whole of it once, packed, and three times what was new.
    expect(read.map(({ status }) => status)).toEqual([200, 206, 206, 206]);
    await publish('1.3.0');
    expect(await solve()).toBe('1.3.0');
    expect((await takeBack('1.3.0')).status).toBe(204);
    expect(await solve()).toBe('1.2.0');
    const built = await cabal('home', stanza, 'project', 'build', '-v1');
    expect([built.exitCode, built.output]).toEqual([0, expect.stringContaining('lantern-1.2.0')]);
  }, 120_000);

  it('is not believed with a key that is not the one that is trusted', async () => {
    const other = stanza.replace(
      /root-keys: ./,
      (key) => `${key.slice(0, -1)}${key.endsWith('0') ? 1 : 0}`,
    );
    const refused = await cabal('stranger', other, 'project', 'update', '-v1');
    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).toMatch(/signature/i);
  }, 60_000);
});
