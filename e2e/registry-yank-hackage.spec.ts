import { readFileSync } from 'node:fs';
import { describeOnEachDatabase } from './support/each-database';
import type { RegistryYard } from './support/registry-yard';

const cabalFile = (version: string): string =>
  `cabal-version: 2.4\nname: lantern\nversion: ${version}\nsynopsis: s\ndescription: A lantern for tests.\ncategory: Test\nmaintainer: m@example.invalid\nlicense: MIT\nbuild-type: Simple\n\nlibrary\n  build-depends: base <5\n  default-language: Haskell2010\n`;
const consumer = (range: string): string =>
  `cabal-version: 2.4\nname: user\nversion: 0\n\nlibrary\n  build-depends: base, lantern ${range}\n  default-language: Haskell2010\n`;

/** cabal has no yank: maintainers deprecate versions on the server, and the solver then avoids them. */
describeOnEachDatabase('a deprecated version of a repository', ['hackage'], (openYard) => {
  let yard: RegistryYard;
  let published: string;
  beforeAll(async () => {
    yard = await openYard();
    for (const version of ['1.0.0', '1.1.0']) published = (await publish(version)).output;
  }, 180_000);
  afterAll(() => yard.stop());

  /** cabal 3.4 takes credentials from its configuration alone. */
  function cabal(user: string, where: string, ...args: readonly string[]) {
    const { url, tokens } = yard.registry;
    const home = yard.write(`cabal-${user}`, {
      config: `repository forge\n  url: ${url}/hackage\n  secure: False\nusername: ${user}\npassword: ${tokens[user]}\n`,
    });
    return yard.run(['cabal', ...args], {
      in: where,
      env: { CABAL_CONFIG: `${home}/config`, CABAL_DIR: home },
    });
  }
  async function publish(version: string, user = 'alice') {
    yard.write('lantern', {
      'lantern.cabal': cabalFile(version),
      'cabal.project': 'packages: .\n',
    });
    await yard.runOk(['cabal', 'sdist', '-v0'], { in: 'lantern' });
    const archive = `dist-newstyle/sdist/lantern-${version}.tar.gz`;
    return cabal(user, 'lantern', 'upload', '--publish', archive);
  }
  const ask = async (method: string, path: string, form?: string, user = 'alice') => {
    const { status } = await fetch(`${yard.registry.url}/hackage${path}`, {
      method,
      ...(form === undefined ? {} : { body: form }),
      headers: {
        authorization: `X-ApiKey ${yard.registry.tokens[user]}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    return status;
  };
  const prefer = (form: string, user = 'alice') =>
    ask('PUT', '/package/lantern/preferred', form, user);
  let projects = 0;
  /** What the solver takes; `freeze` is what an earlier run wrote down. */
  async function solve(range: string, freeze?: string): Promise<string> {
    const where = `project-${(projects += 1)}`;
    yard.write(where, {
      'user.cabal': consumer(range),
      'cabal.project': 'packages: .\n',
      ...(freeze === undefined ? {} : { 'cabal.project.freeze': freeze }),
    });
    await cabal('alice', where, 'update', '-v0');
    const { output } = await cabal('alice', where, 'build', '--dry-run');
    return /lantern-([\d.]+) /.exec(output)?.[1] ?? output;
  }

  it('is fetched and unpacked, and described where cabal sends people after an upload', async () => {
    const where = yard.write('got', { 'README.md': '' });
    await cabal('alice', 'got', 'update', '-v0');
    expect(await prefer('preferred=&deprecated=1.0.0')).toBe(200);
    for (const version of ['1.0.0', '1.1.0']) {
      const got = await cabal('alice', 'got', 'get', `lantern-${version}`);
      expect(got).toMatchObject({ exitCode: 0 });
      const unpacked = readFileSync(`${where}/lantern-${version}/lantern.cabal`, 'utf8');
      expect(unpacked).toBe(cabalFile(version));
    }
    expect(await cabal('alice', 'got', 'get', 'lantern-9.9')).toMatchObject({ exitCode: 1 });
    expect(await prefer('preferred=')).toBe(200);
    const [address = ''] = /(?<=')http:[^']+/.exec(published) ?? [];
    expect(address).toBe(`${yard.registry.url}/hackage/package/lantern-1.1.0`);
    expect(await (await fetch(address)).json()).toMatchObject({ synopsis: 's', license: 'MIT' });
  }, 60_000);

  it('is avoided where another fits, stays for frozen and exact requirements, and can be taken up again', async () => {
    expect(await solve('>=1')).toBe('1.1.0');
    expect(await prefer('preferred=&deprecated=1.1.0')).toBe(200);
    expect(await solve('>=1')).toBe('1.0.0');
    expect(await solve('==1.1.0')).toBe('1.1.0');
    expect(await solve('>=1', 'constraints: any.lantern ==1.1.0\n')).toBe('1.1.0');
    expect(await prefer('preferred=')).toBe(200);
    expect(await solve('>=1')).toBe('1.1.0');
  }, 180_000);

  it('is each one of a package that is deprecated as a whole, and can be installed all the same', async () => {
    const deprecate = (wanted: boolean, user?: string) => {
      const body = JSON.stringify({ 'is-deprecated': wanted, 'in-favour-of': ['lamp'] });
      return ask('PUT', '/package/lantern/deprecated', body, user);
    };
    const standing = async () =>
      (await fetch(`${yard.registry.url}/hackage/package/lantern.json`)).json();
    expect(await deprecate(true, 'bob')).toBe(403);
    expect(await deprecate(true)).toBe(200);
    expect(await standing()).toEqual({ '1.0.0': 'deprecated', '1.1.0': 'deprecated' });
    expect(await solve('>=1')).toBe('1.1.0');
    expect(await deprecate(false)).toBe(200);
    expect(await standing()).toEqual({ '1.0.0': 'normal', '1.1.0': 'normal' });
  }, 60_000);

  it('belongs to its maintainers, as the package does', async () => {
    expect(await publish('1.2.0', 'bob')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('`lantern` belongs to alice (FORGE-R009)'),
    });
    expect(await prefer('preferred=&deprecated=1.0.0', 'bob')).toBe(403);
    expect(await ask('PUT', '/package/lantern/maintainers/user/bob', undefined, 'bob')).toBe(403);
    expect(await ask('PUT', '/package/lantern/maintainers/user/bob')).toBe(200);
    expect(await publish('1.2.0', 'bob')).toMatchObject({ exitCode: 0 });
    expect(await ask('DELETE', '/package/lantern/maintainers/user/bob')).toBe(200);
    expect(await publish('1.3.0', 'bob')).toMatchObject({ exitCode: 1 });
    expect(await ask('DELETE', '/package/lantern/maintainers/user/alice')).toBe(403);
  }, 180_000);

  it('has documentation beside it, which cabal uploads and may replace', async () => {
    const docs = yard.write('docs', { 'lantern-1.0.0-docs/index.html': '<p>lamp</p>' });
    const archive = 'lantern-1.0.0-docs.tar.gz';
    const tar = ['tar', '--format=ustar', '-czf', archive, 'lantern-1.0.0-docs'];
    const at = `${yard.registry.url}/hackage/package/lantern-1.0.0/docs.tar.gz`;
    for (const text of ['<p>lamp</p>', '<p>another lamp</p>']) {
      yard.write('docs', { 'lantern-1.0.0-docs/index.html': text });
      await yard.runOk(tar, { in: 'docs' });
      const upload = ['upload', '--documentation', '--publish', `${docs}/${archive}`];
      expect(await cabal('alice', 'docs', ...upload)).toMatchObject({ exitCode: 0 });
      const served = Buffer.from(await (await fetch(at)).arrayBuffer());
      expect(served.equals(readFileSync(`${docs}/${archive}`))).toBe(true);
    }
  }, 60_000);
});
