import { join } from 'node:path';
import { describeOnEachDatabase } from './support/each-database';
import { packWheel } from './support/pack-wheel';
import type { RegistryYard } from './support/registry-yard';
import { repository } from './support/repository';
import { succeeded } from './support/run';

const tools = ['cargo', 'npm', 'pypi', 'hackage', 'rubygems', 'rebar3'];
const bin = join(repository, 'packages/registry/bin/forge-registry.js');
const hexClient = join(repository, 'e2e/support/bundled-hex-client.escript');
const password = 'correct horse battery';

/** `# Title` and what stands below it. */
function sectionsOf(printed: string): ReadonlyMap<string, readonly string[]> {
  const sections = printed.trim().split('\n\n');
  return new Map(
    sections.map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return [title.replace('# ', ''), lines] as const;
    }),
  );
}

/** What `login` and `env` print, pasted where a person would, and nothing besides: each tool publishes and reads by it. */
describeOnEachDatabase('the settings that are printed', tools, (openYard) => {
  let yard: RegistryYard;
  let token: string;
  let printed: string;
  beforeAll(async () => {
    yard = await openYard();
    await fetch(`${yard.registry.url}/api/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${yard.registry.token}` },
      body: JSON.stringify({ username: 'carol', email: 'carol@example.org', password }),
    });
    const output = await forge(['login', '--as', 'carol'], { FORGE_PASSWORD: password });
    const [, secret = '', settings = ''] = /^token: (forge_\S+)\n\n([^]*)$/.exec(output) ?? [];
    [token, printed] = [secret, settings];
  }, 60_000);
  afterAll(() => yard.stop());

  const forge = (
    [command = '', ...more]: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => yard.runOk([process.execPath, bin, command, '--url', yard.registry.url, ...more], { env });
  const linesOf = (title: string): readonly string[] => sectionsOf(printed).get(title) ?? [];
  const exported = (settings: string): readonly string[] =>
    settings.split('\n').filter((line) => line.startsWith('export '));
  /** A line of a section that begins so, as a person completes it. */
  const lineOf = (title: string, start: string, version = ''): string => {
    const line = linesOf(title).find((each) => each.startsWith(start)) ?? 'false';
    return line.replace('NAME-VERSION', `lantern-${version}`).replace('NAME', 'lantern');
  };
  /** A shell into which all `export` lines were pasted. */
  const shell = async (where: string, ...lines: readonly string[]): Promise<string> => {
    const script = [...exported(printed), ...lines].join('\n');
    const env = { GEM_HOME: join(yard.directory, 'home/gems'), UV_NO_CONFIG: '1' };
    return succeeded(await yard.run(['sh', '-e', '-c', script], { in: where, env }));
  };
  const arrived = async (ecosystem: string) => {
    const all = await yard.registry.arrivals();
    return all.filter((each) => each.ecosystem === ecosystem).map(({ version }) => version);
  };

  it('are the same of `env`, with the token of a variable', async () => {
    expect(await forge(['env', '--as', 'carol'], { FORGE_TOKEN: token })).toBe(printed);
    expect(await forge(['env'], {})).not.toContain(token);
  });

  it('leave the token to the shell and to npm, where nobody tells it', async () => {
    const without = await forge(['env'], {});
    const npmrc = sectionsOf(without).get('npmjs.com') ?? [];
    yard.write('untold', { '.npmrc': `${npmrc.join('\n')}\n`, 'package.json': '{}' });
    const env = { FORGE_TOKEN: token };
    const script = [...exported(without), 'npm whoami', 'echo $GEM_HOST_API_KEY'].join('\n');
    const said = await yard.runOk(['sh', '-e', '-c', script], { in: 'untold', env });
    expect(said.trim().split('\n')).toEqual(['carol', token]);
  }, 30_000);

  it('cargo', async () => {
    const manifest = `[package]\nname = "lantern"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "d"\n`;
    yard.write('crate', { 'Cargo.toml': manifest, 'src/lib.rs': '' });
    const publish = `${lineOf('crates.io', 'cargo publish')} --allow-dirty --no-verify`;
    const found = await shell('crate', publish, 'cargo search --registry forge lantern');
    expect(found).toContain('lantern = "1.0.0"');
    expect(await arrived('cargo')).toEqual(['1.0.0']);
  }, 30_000);

  it('npm', async () => {
    yard.write('package', {
      '.npmrc': `${linesOf('npmjs.com').join('\n')}\n`,
      'package.json': '{ "name": "lantern", "version": "1.0.0" }',
    });
    const said = await shell(
      'package',
      'npm publish --silent',
      'npm whoami',
      'npm view lantern version',
    );
    expect(said.trim().split('\n').slice(-2)).toEqual(['carol', '1.0.0']);
    expect(await arrived('npm')).toEqual(['1.0.0']);
  }, 30_000);

  it('twine, uv and pip', async () => {
    yard.write('wheel', { 'pack.py': packWheel });
    const file = (version: string) => `lantern-${version}-py3-none-any.whl`;
    await shell(
      'wheel',
      ...['python3 pack.py 1.0.0', 'python3 pack.py 1.1.0', 'python3 -m venv .'],
      `twine upload --non-interactive --config-file /dev/null ${file('1.0.0')}`,
      `uv publish ${file('1.1.0')}`,
      'rm *.whl',
      'bin/pip download --no-cache-dir --quiet lantern==1.0.0',
      'uv pip install --no-cache --quiet --target . lantern==1.1.0',
      `test -e ${file('1.0.0')}`,
      'test -e lantern-1.1.0.dist-info',
    );
    expect(await arrived('pypi')).toEqual(['1.0.0', '1.1.0']);
  }, 60_000);

  it("the client of Hex that is in rebar3, and the repository's key", async () => {
    const facts = ['name', 'app', 'description'].map((key) => `<<"${key}">> => <<"lantern">>`);
    const lists = `<<"licenses">> => [<<"MIT">>], <<"links">> => #{}, <<"requirements">> => #{}`;
    const application = '{application, lantern, [{vsn, "1.0.0"}]}.\n';
    yard.write('hex', {
      'package.terms': `#{${facts.join(', ')}, <<"version">> => <<"1.0.0">>, <<"build_tools">> => [<<"rebar3">>], ${lists}}.\n`,
      'src/lantern.app.src': application,
    });
    const key = [lineOf('hex.pm', 'curl'), 'cat forge-hex.pem'];
    const said = await shell('hex', `escript ${hexClient} publish .`, ...key);
    expect(said).toMatch(/^201 [^]*-----BEGIN PUBLIC KEY-----/);
    expect(await arrived('hex')).toEqual(['1.0.0']);
  }, 30_000);

  it('cabal', async () => {
    const cabalFile =
      'cabal-version: 2.4\nname: lantern\nversion: 1.0.0\nsynopsis: s\ndescription: A lantern for tests.\ncategory: Test\nmaintainer: m@example.invalid\nlicense: MIT\nbuild-type: Simple\n\nlibrary\n  build-depends: base <5\n  default-language: Haskell2010\n';
    const root = yard.write('cabal', {
      config: `${linesOf('Hackage').join('\n')}\n`,
      'lantern.cabal': cabalFile,
      'cabal.project': 'packages: .\n',
    });
    const said = await shell(
      'cabal',
      `export CABAL_CONFIG=${root}/config CABAL_DIR=${root}/home`,
      ...['cabal sdist -v0', 'cabal upload --publish dist-newstyle/sdist/lantern-1.0.0.tar.gz'],
      ...['cabal update -v0', 'cabal list --simple-output lantern'],
    );
    expect(said).toMatch(/^lantern 1\.0\.0$/m);
    expect(await arrived('hackage')).toEqual(['1.0.0']);
  }, 30_000);

  it('gem and Bundler', async () => {
    const gemspec =
      'Gem::Specification.new do |s|\n  s.name = "lantern"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = []\nend\n';
    yard.write('gem', {
      'lantern.gemspec': gemspec,
      'user/Gemfile': 'source "https://gems.example"\ngem "lantern"\n',
    });
    const said = await shell(
      'gem',
      ...['gem build --silent lantern.gemspec', lineOf('RubyGems', 'gem push', '1.0.0')],
      ...['rm *.gem', lineOf('RubyGems', 'gem install')],
      ...['cd user', 'bundle lock', 'cat Gemfile.lock'],
    );
    expect(said).toContain('Successfully installed lantern-1.0.0');
    expect(said).toMatch(/^ {4}lantern \(1\.0\.0\)$/m);
    expect(await arrived('rubygems')).toEqual(['1.0.0']);
  }, 30_000);
});
