import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startIdentityProvider,
  type IdentityProvider,
} from '../packages/registry/src/testing/identity-provider';
import { packWheel } from './support/pack-wheel';
import { describeWithTools } from './support/describe-with-tools';
import { openRegistryYard, type RegistryYard } from './support/registry-yard';

const password = 'correct horse battery';
let yard: RegistryYard;
let publisher: string;
let reader: string;
let provider: IdentityProvider;
beforeAll(async () => {
  provider = await startIdentityProvider();
  yard = await openRegistryYard(['--private', '--oidc-issuer', provider.issuer]);
  const admin = { authorization: `Bearer ${yard.registry.token}` };
  const carol = { username: 'carol', email: 'carol@example.org', password };
  await ask('POST', '/users', carol, admin);
  publisher = await tokenOf('publish', 'yank');
  reader = await tokenOf('read');
}, 60_000);
afterAll(async () => {
  await yard.stop();
  await provider.close();
});

async function ask(method: string, path: string, body: object, headers: Record<string, string>) {
  const url = `${yard.registry.url}/api/v1${path}`;
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  return (await response.json()) as Readonly<Record<string, string>>;
}

async function tokenOf(...scopes: readonly string[]): Promise<string> {
  const basic = Buffer.from(`carol:${password}`).toString('base64');
  const wanted = { name: scopes.join(), scopes };
  const made = await ask('POST', '/users/me/tokens', wanted, { authorization: `Basic ${basic}` });
  return made['token'] ?? '';
}

/** The registry's address with a name and a secret in it, as some tools want both. */
function withSecret(secret: string): string {
  return yard.registry.url.replace('//', `//carol:${secret}@`);
}

/** Runs a program that asks, and types the answers. */
function type(answers: readonly string[], argv: readonly string[], more = {}) {
  const typing = ['python3', join(__dirname, 'support/type-answers.py'), JSON.stringify(answers)];
  return yard.run([...typing, ...argv], more);
}

/** That a tool said why it was refused; each ends with a code of its own. */
function refused({ exitCode, output }: { exitCode: number; output: string }, words: RegExp): void {
  expect(output).toMatch(words);
  expect(exitCode).not.toBe(0);
}

describeWithTools('accounts with npm', ['npm'], () => {
  const npm = (...args: readonly string[]) => [
    ...['npm', '--no-update-notifier', '--fetch-retries=0', `--registry=${yard.registry.url}/npm/`],
    ...[`--cache=${join(yard.directory, 'cache', args[0] ?? '')}`, ...args],
  ];

  it('log in with a password, make and revoke tokens, and log out', async () => {
    refused(await yard.run(npm('whoami')), /ENEEDAUTH/);
    expect(await type(['carol', password], npm('login'))).toMatchObject({ exitCode: 0 });
    expect((await yard.runOk(npm('whoami'))).trim()).toBe('carol');
    const wanted = ['--name=ci', '--packages=@lamp/lantern', `--password=${password}`];
    expect(await yard.runOk(npm('token', 'create', ...wanted))).toMatch(/token forge_[\w-]{43}/);
    const listed = await yard.runOk(npm('token', 'list', '--json'));
    const made = (JSON.parse(listed) as { key: string; name: string }[]).find(
      ({ name }) => name === 'ci',
    );
    await yard.runOk(npm('token', 'revoke', made?.key ?? ''));
    expect(await yard.runOk(npm('token', 'list', '--json'))).not.toContain('"ci"');
  }, 60_000);

  it('publish and install behind the login, which ends', async () => {
    const manifest = JSON.stringify({ name: '@lamp/lantern', version: '1.0.0' });
    yard.write('lantern-npm', { 'package.json': manifest });
    yard.write('user-npm', { 'package.json': '{}' });
    await yard.runOk(npm('publish', '--access=public'), { in: 'lantern-npm' });
    await yard.runOk(npm('install', '@lamp/lantern'), { in: 'user-npm' });
    await yard.runOk(npm('logout'));
    refused(await yard.run(npm('view', '@lamp/lantern')), /E401/);
  }, 60_000);

  it('publish by the identity of a job, without a token', async () => {
    const manifest = JSON.stringify({ name: '@lamp/trusted', version: '1.0.0' });
    yard.write('trusted-npm', { 'package.json': manifest });
    const basic = Buffer.from(`carol:${password}`).toString('base64');
    const path = '/packages/npm/@lamp%2ftrusted/trusted-publishers';
    const trust = { issuer: provider.issuer, claims: { repository: 'lamp/trusted' } };
    await ask('POST', path, trust, { authorization: `Basic ${basic}` });
    const publish = (repository: string) =>
      yard.run(npm('publish', '--access=public'), {
        in: 'trusted-npm',
        env: {
          GITHUB_ACTIONS: 'true',
          NPM_ID_TOKEN: provider.sign({ aud: 'npm:127.0.0.1', repository }),
        },
      });
    // npm tells nobody that no token was given for the identity.
    refused(await publish('evil/trusted'), /ENEEDAUTH/);
    expect(await publish('lamp/trusted')).toMatchObject({ exitCode: 0 });
  }, 60_000);
});

describeWithTools('accounts with gem and bundle', ['rubygems'], () => {
  const gemspec = `Gem::Specification.new do |s|\n  s.name = "lantern"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = []\nend\n`;
  const source = (url: string) => ['--clear-sources', '--source', `${url}/gems/`, '--no-document'];

  it('sign in for chosen rights, push, and install', async () => {
    const { url } = yard.registry;
    yard.write('gems', { 'lantern.gemspec': gemspec });
    await yard.runOk(['gem', 'build', 'lantern.gemspec'], { in: 'gems' });
    const rights = ['n', 'y', 'n', 'n', 'n', 'n', 'n'];
    const signedIn = await type(
      ['carol@example.org', password, 'laptop', ...rights],
      ['gem', 'signin'],
      // RubyGems 3.3 asks its public server about other factors, unless this names another one.
      { env: { RUBYGEMS_HOST: `${url}/gems` } },
    );
    expect(signedIn).toMatchObject({ exitCode: 0, output: expect.stringContaining('laptop') });
    const host = ['--host', `${url}/gems`];
    await yard.runOk(['gem', 'push', 'lantern-1.0.0.gem', ...host], { in: 'gems' });
    const yanking = ['gem', 'yank', 'lantern', '-v', '1.0.0', ...host];
    expect((await yard.run(yanking)).output).toContain('FORGE-R040');
    const install = ['gem', 'install', '--remote', 'lantern', '--install-dir', 'installed'];
    refused(await yard.run([...install, ...source(url)]), /401/);
    await yard.runOk([...install, ...source(withSecret(reader))]);
  }, 60_000);

  it('install what is private with Bundler', async () => {
    const gemfile = `source "${yard.registry.url}/gems/"\ngem "lantern"\n`;
    yard.write('user-gem', { Gemfile: gemfile });
    const env = { BUNDLE_PATH: 'vendor', BUNDLE_127__0__0__1: `carol:${reader}` };
    refused(await yard.run(['bundle', 'install'], { in: 'user-gem' }), /credentials/);
    await yard.runOk(['bundle', 'install'], { in: 'user-gem', env });
  }, 60_000);
});

describeWithTools('accounts with cargo', ['cargo'], () => {
  const manifest = `[package]\nname = "lantern"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "d"\n`;
  const cargo = (token: string, where: string, ...args: readonly string[]) =>
    yard.run(['cargo', ...args], {
      in: where,
      env: {
        CARGO_REGISTRIES_FORGE_INDEX: `sparse+${yard.registry.url}/cargo/index/`,
        CARGO_REGISTRIES_FORGE_CREDENTIAL_PROVIDER: 'cargo:token',
        CARGO_HOME: join(yard.directory, 'home', `cargo-${where}-${token.slice(-6)}`),
        ...(token === '' ? {} : { CARGO_REGISTRIES_FORGE_TOKEN: token }),
      },
    });

  it('publish, fetch and yank where everything needs a token', async () => {
    yard.write('crate', { 'Cargo.toml': manifest, 'src/lib.rs': '' });
    const replaced = ['--config', 'source.crates-io.replace-with="forge"'];
    const publish = ['publish', '--registry', 'forge', '--no-verify', '--allow-dirty', ...replaced];
    refused(await cargo(reader, 'crate', ...publish), /FORGE-R040/);
    expect(await cargo(publisher, 'crate', ...publish)).toMatchObject({ exitCode: 0 });
    const dependency = '\n[dependencies]\nlantern = { version = "1", registry = "forge" }\n';
    yard.write('user-cargo', {
      'Cargo.toml': `${manifest.replace('lantern', 'user')}${dependency}`,
      'src/lib.rs': '',
    });
    refused(await cargo('', 'user-cargo', 'fetch'), /no token found/);
    expect(await cargo(reader, 'user-cargo', 'fetch')).toMatchObject({ exitCode: 0 });
    const yank = ['yank', 'lantern@1.0.0', '--registry', 'forge'];
    refused(await cargo(reader, 'crate', ...yank), /FORGE-R040/);
    expect(await cargo(publisher, 'crate', ...yank)).toMatchObject({ exitCode: 0 });
  }, 60_000);
});

describeWithTools('accounts with twine, pip and uv', ['pypi'], () => {
  it('upload with a password or a token, and install', async () => {
    const { url } = yard.registry;
    yard.write('wheels', { 'pack.py': packWheel });
    await yard.runOk(['python3', 'pack.py', '1.0.0'], { in: 'wheels' });
    const upload = (user: string, secret: string) =>
      yard.run(
        [
          ...['twine', 'upload', '--config-file', '/dev/null', '--repository-url'],
          ...[`${url}/pypi/legacy/`, 'lantern-1.0.0-py3-none-any.whl'],
        ],
        {
          in: 'wheels',
          env: { TWINE_USERNAME: user, TWINE_PASSWORD: secret, TWINE_NON_INTERACTIVE: '1' },
        },
      );
    refused(await upload('carol', 'wrong horse battery'), /403/);
    refused(await upload('__token__', reader), /FORGE-R040/);
    expect(await upload('carol', password)).toMatchObject({ exitCode: 0 });
    expect(await upload('__token__', publisher)).toMatchObject({ exitCode: 0 });
    await yard.runOk(['uv', 'venv', '-q', 'env'], {});
    const install = (at: string) =>
      yard.run([
        ...['uv', 'pip', 'install', '--no-cache', '--python', 'env', 'lantern'],
        ...['--default-index', `${at}/pypi/simple/`],
      ]);
    refused(await install(url), /lantern/);
    expect(await install(withSecret(reader))).toMatchObject({ exitCode: 0 });
  }, 60_000);
});

describeWithTools('accounts with cabal', ['hackage'], () => {
  const cabalFile = (name: string, needs: string) =>
    `cabal-version: 2.4\nname: ${name}\nversion: 1.0.0\nsynopsis: s\ndescription: A lantern for tests.\ncategory: Test\nmaintainer: m@example.invalid\nlicense: MIT\nbuild-type: Simple\n\nlibrary\n  build-depends: ${needs}\n  default-language: Haskell2010\n`;
  function cabal(url: string, secret: string, where: string, ...args: readonly string[]) {
    const home = yard.write(`cabal-${secret.slice(-6)}-${url.length}`, {
      config: `repository forge\n  url: ${url}/hackage\n  secure: False\nusername: carol\npassword: ${secret}\n`,
    });
    const env = { CABAL_CONFIG: `${home}/config`, CABAL_DIR: home };
    return yard.run(['cabal', ...args], { in: where, env });
  }

  it('upload with a token that is good for it, and fetch', async () => {
    const { url } = yard.registry;
    const project = { 'cabal.project': 'packages: .\n' };
    yard.write('lantern-hs', { 'lantern.cabal': cabalFile('lantern', 'base <5'), ...project });
    yard.write('user-hs', { 'user.cabal': cabalFile('user', 'base, lantern'), ...project });
    await cabal(url, publisher, 'lantern-hs', 'sdist', '-v0');
    const archive = 'dist-newstyle/sdist/lantern-1.0.0.tar.gz';
    const upload = ['upload', '--publish', archive];
    refused(await cabal(url, reader, 'lantern-hs', ...upload), /FORGE-R040/);
    // cabal 3.4 speaks Digest alone, for which a server would have to keep passwords in a form that can be guessed.
    refused(await cabal(url, password, 'lantern-hs', ...upload), /FORGE-R005/);
    const { directory } = yard;
    writeFileSync(`${directory}/secret`, publisher, { mode: 0o600 });
    const command = ['--username=carol', `--password-command=cat ${directory}/secret`];
    const commanded = await cabal(url, 'no-secret', 'lantern-hs', ...upload, ...command);
    expect([commanded.exitCode, commanded.output]).toEqual([0, expect.anything()]);
    refused(await cabal(url, reader, 'user-hs', 'update'), /401/);
    const inside = withSecret(reader);
    expect(await cabal(inside, reader, 'user-hs', 'update')).toMatchObject({ exitCode: 0 });
    expect((await cabal(inside, reader, 'user-hs', 'build', '--dry-run')).output).toContain(
      'lantern-1.0.0',
    );
  }, 60_000);
});
