import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startPathProxy, type PathProxy } from '../packages/registry/src/testing/path-proxy';
import { describeWithTools } from './support/describe-with-tools';
import { lockToolProgram } from './support/lock-tools';
import { publishTinyPackages } from './support/publish-tiny-packages';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { run, succeeded } from './support/run';
import { shownGuides } from './support/shown-guides';
import { writeInto } from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

/**
 * What the pages tell people to type and to write, copied from them, by the real tools. The server is below a path of a
 * host that it shares, behind a proxy, so that nothing works that was not read from the page.
 */
describeWithTools('the lines that pages show', ecosystems, () => {
  let directory: string;
  let proxy: PathProxy;
  let registry: RegistryProcess;
  beforeAll(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-lines-')));
    proxy = await startPathProxy('/team/registry');
    registry = await startRegistryProcess([], ['--public-url', proxy.url]);
    proxy.leadTo(registry.url);
    const program = { 'tiny-crate/src/main.rs': 'fn main() {\n    tiny_crate::tiny()\n}\n' };
    await publishTinyPackages({ url: proxy.url, token: registry.token }, ecosystems, program);
  }, 240_000);
  afterAll(async () => {
    await registry.stop();
    await proxy.close();
    rmSync(directory, { recursive: true, force: true });
    expect(proxy.lost).toEqual([]);
  });

  const linesOf = async (ecosystem: string, name: string, tool: string) => {
    const page = await fetch(`${proxy.url}/ui/packages/${ecosystem}/${name}`);
    const lines = shownGuides(await page.text()).get(tool);
    if (!lines) throw new Error(`no page says how to install by ${tool}`);
    return lines;
  };

  /** A person's shell in a directory and a home of their own, with the settings of their tools. */
  function shellIn(name: string, files: Readonly<Record<string, string>> = {}) {
    const home = join(directory, name);
    mkdirSync(home);
    for (const [file, content] of Object.entries(files)) writeInto(home, file, content);
    const rustup = process.env['RUSTUP_HOME'] ?? join(process.env['HOME'] ?? '', '.rustup');
    const env = {
      ...{ PATH: `${home}/bin:${process.env['PATH'] ?? ''}`, HOME: home, LANG: 'C.UTF-8' },
      ...{ RUSTUP_HOME: rustup, GEM_HOME: `${home}/gems`, GEM_PATH: `${home}/gems` },
      ...{ UV_NO_CONFIG: '1', UV_PYTHON_DOWNLOADS: 'never', PIP_CONFIG_FILE: '/dev/null' },
    };
    return async (...lines: readonly string[]): Promise<string> =>
      succeeded(await run('sh', ['-e', '-c', lines.join('\n')], { cwd: home, env }));
  }

  const manifest = '[package]\nname = "user"\nversion = "0.0.0"\nedition = "2021"\n';
  const uses = 'pub fn user() {\n    tiny_crate::tiny()\n}\n';

  it('cargo add', async () => {
    const shell = shellIn('cargo-add', { 'Cargo.toml': manifest, 'src/lib.rs': uses });
    await shell(...(await linesOf('cargo', 'tiny-crate', 'cargo add')), 'cargo check --quiet');
  }, 60_000);

  it('cargo install', async () => {
    const shell = shellIn('cargo-install');
    await shell(
      ...(await linesOf('cargo', 'tiny-crate', 'cargo install')),
      '.cargo/bin/tiny-crate',
    );
  }, 60_000);

  it('npm', async () => {
    const shell = shellIn('npm', { 'package.json': '{ "name": "user", "version": "0.0.0" }\n' });
    const lines = await linesOf('npm', 'tiny-npm', 'npm');
    expect(await shell(...lines, 'node -p "require(\'tiny-npm\').tiny"')).toMatch(/true\s*$/);
  }, 60_000);

  describeWithTools('with a tool of its own', ['pnpm'], () => {
    it('pnpm', async () => {
      const shell = shellIn('pnpm', { 'package.json': '{ "name": "user", "version": "0.0.0" }\n' });
      const path = `export PATH="${dirname(lockToolProgram('pnpm'))}:$PATH"`;
      const lines = await linesOf('npm', 'tiny-npm', 'pnpm');
      const output = await shell(path, ...lines, 'node -p "require(\'tiny-npm\').tiny"');
      expect(output).toMatch(/true\s*$/);
    }, 60_000);
  });

  it('pip', async () => {
    const shell = shellIn('pip');
    const lines = await linesOf('pypi', 'tiny-py', 'pip');
    const output = await shell(
      'python3 -m venv .',
      ...lines,
      'python -c "import tiny_py; print(tiny_py.TINY)"',
    );
    expect(output).toMatch(/True\s*$/);
  }, 60_000);

  it('uv', async () => {
    const project = '[project]\nname = "user"\nversion = "0"\nrequires-python = ">=3.9"\n';
    const shell = shellIn('uv', { 'pyproject.toml': project });
    const lines = await linesOf('pypi', 'tiny-py', 'uv');
    const output = await shell(...lines, 'uv run python -c "import tiny_py; print(tiny_py.TINY)"');
    expect(output).toMatch(/True\s*$/);
  }, 60_000);

  it('gem', async () => {
    const shell = shellIn('gem');
    const lines = await linesOf('rubygems', 'tiny-gem', 'gem');
    expect(await shell(...lines, 'ruby -e "require \'tiny\'; print TINY"')).toMatch(/true$/);
  }, 60_000);

  it('Bundler', async () => {
    const lines = await linesOf('rubygems', 'tiny-gem', 'Bundler in Gemfile');
    const shell = shellIn('bundler', { Gemfile: `${lines.join('\n')}\n` });
    const used = 'bundle exec ruby -e "require \'tiny\'; print TINY"';
    expect(await shell('bundle install', used)).toMatch(/true$/);
  }, 60_000);

  it('Mix, as far as it goes without the archive of Hex', async () => {
    const shell = shellIn('mix');
    const [fetching = ''] = await linesOf('hex', 'tiny_hex', 'Mix, once for each machine');
    const [dependency = ''] = await linesOf('hex', 'tiny_hex', 'Mix in mix.exs');
    expect(await shell(fetching, 'cat forge-hex.pem')).toContain('-----BEGIN PUBLIC KEY-----');
    const asked = `{:tiny_hex, requirement} = ${dependency}; IO.puts Version.match?("1.0.0", requirement)`;
    expect(await shell(`elixir -e '${asked}'`)).toMatch(/true\s*$/);
  }, 60_000);

  it('cabal', async () => {
    const once = await linesOf(
      'hackage',
      'tiny-hackage',
      'cabal, once for each machine in ~/.cabal/config',
    );
    const [needs = ''] = await linesOf('hackage', 'tiny-hackage', 'cabal in the .cabal file');
    const shell = shellIn('cabal', {
      '.cabal/config': `${once.join('\n')}\n`,
      'cabal.project': 'packages: .\n',
      'user.cabal': `cabal-version: 2.4\nname: user\nversion: 0\n\nlibrary\n  exposed-modules: User\n  ${needs}, base\n  default-language: Haskell2010\n`,
      'User.hs': 'module User where\nimport Tiny ()\n',
    });
    await shell('cabal update', 'cabal build -O0');
  }, 120_000);
});
