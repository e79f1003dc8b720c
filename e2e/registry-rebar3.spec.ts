import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnEachDatabase } from './support/each-database';
import type { RegistryYard } from './support/registry-yard';
import { repository } from './support/repository';

const client = join(repository, 'e2e/support/bundled-hex-client.escript');

/** An application with one function that says what it is. */
function application(name: string, version: string, says: string, needs?: string) {
  const requirements = needs
    ? `<<"${needs}">> => #{<<"app">> => <<"${needs}">>, <<"optional">> => false, <<"requirement">> => <<"~> 1.0">>}`
    : '';
  return {
    'package.terms': `#{<<"name">> => <<"${name}">>, <<"app">> => <<"${name}">>, <<"version">> => <<"${version}">>, <<"description">> => <<"A ${name}">>, <<"licenses">> => [<<"MIT">>], <<"links">> => #{}, <<"build_tools">> => [<<"rebar3">>], <<"requirements">> => #{${requirements}}}.\n`,
    [`src/${name}.app.src`]: `{application, ${name}, [{description, ""}, {vsn, "${version}"}, {modules, []}, {applications, [${['kernel', 'stdlib', ...(needs ? [needs] : [])].join(', ')}]}]}.\n`,
    [`src/${name}.erl`]: `-module(${name}).\n-export([lit/0]).\nlit() -> ${says}.\n`,
  };
}

/** rebar3 with nothing but its own means, and the client of Hex that is inside it. */
describeOnEachDatabase('rebar3 and its client of Hex', ['rebar3'], (openYard) => {
  let yard: RegistryYard;
  let key: string;
  beforeAll(async () => {
    yard = await openYard();
    key = await (await fetch(`${yard.registry.url}/hex/public_key`)).text();
    for (const version of ['1.0.0', '1.1.0']) expect(await publish(version)).toMatch(/^201 /);
    yard.write('lamp', application('lamp', '1.0.0', 'lantern:lit()', 'lantern'));
    expect(await hex('publish', 'lamp')).toMatch(/^201 /);
  }, 60_000);
  afterAll(() => yard.stop());

  async function hexAs(secret: string, ...args: readonly string[]): Promise<string> {
    const env = { HEX_API_URL: `${yard.registry.url}/hex/api`, HEX_API_KEY: secret };
    return yard.runOk(['escript', client, ...args], { env });
  }
  const hex = (...args: readonly string[]) => hexAs(yard.registry.tokens['alice'] ?? '', ...args);
  const hexOfBob = (...args: readonly string[]) =>
    hexAs(yard.registry.tokens['bob'] ?? '', ...args);
  function publish(version: string, says = `"lantern ${version}"`): Promise<string> {
    yard.write('lantern', application('lantern', version, says));
    return hex('publish', 'lantern');
  }

  /** A home whose global configuration knows our repository and no other one. */
  function home(name: string, repo = 'forge', pem = key): string {
    const url = `${yard.registry.url}/hex/repos/${repo}`;
    const repos = `[#{name => <<"forge">>, repo_url => <<"${url}">>, repo_public_key => <<"${pem}">>}]`;
    yard.write(`${name}/.config/rebar3`, {
      'rebar.config': `{hex, [{repos, replace, ${repos}}]}.\n`,
    });
    return join(yard.directory, name);
  }
  const rebar3 = (where: string, at: string, task: string) =>
    yard.run(['rebar3', task], { in: where, env: { HOME: at, REBAR_COLOR: 'none' } });
  /** Compiles a project; `lock` is what an earlier run wrote down. */
  async function compile(where: string, needs: string, at: string, lock?: string) {
    const root = yard.write(where, {
      'rebar.config': `{deps, [${needs}]}.\n`,
      'src/user.app.src':
        '{application, user, [{description, ""}, {vsn, "0"}, {modules, []}, {applications, [kernel, stdlib]}]}.\n',
      ...(lock === undefined ? {} : { 'rebar.lock': lock }),
    });
    const { exitCode, output } = await rebar3(where, at, 'compile');
    const file = join(root, 'rebar.lock');
    return { exitCode, output, lock: existsSync(file) ? readFileSync(file, 'utf8') : '' };
  }

  it('resolve, lock and compile what the signed registry offers', async () => {
    const { exitCode, output, lock } = await compile('user', 'lamp', home('fresh'));
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(lock).toContain('{<<"lamp">>,{pkg,<<"lamp">>,<<"1.0.0">>},0}');
    expect(lock).toContain('{<<"lantern">>,{pkg,<<"lantern">>,<<"1.1.0">>},1}');
    const built = ['lamp', 'lantern'].map((name) => `_build/default/lib/${name}/ebin`);
    const erl = ['erl', '-noshell', '-pa', ...built, '-eval', 'io:put_chars(lamp:lit()), halt().'];
    expect(await yard.runOk(erl, { in: 'user' })).toBe('lantern 1.1.0');
    // The digest of the tarball is in the lock: another machine takes this one, or none.
    const [digest = ''] = /(?<=pkg_hash_ext,[^]*<<"lantern">>, <<")\w{64}/.exec(lock) ?? [];
    const changed = lock.replace(digest, 'A'.repeat(64));
    const doubted = await compile('doubted', 'lamp', home('doubts'), changed);
    expect(doubted).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/checksum mismatch/i),
    });
  }, 60_000);

  it('believe nobody who signs with another key, or speaks of another repository', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const foreign = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    for (const at of [home('foreign', 'forge', foreign), home('misled', 'another')])
      expect(await compile('unsure', 'lantern', at)).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('Package not found in any repo: lantern'),
      });
  }, 60_000);

  it('warn of a retired release, until it is taken back', async () => {
    const retired = await hex('retire', 'lantern', '1.1.0', 'security', 'it leaks');
    expect(retired).toBe('204 nil\n');
    const warning = 'package lantern-1.1.0 is retired: (security) it leaks';
    expect((await compile('warned', 'lantern', home('warned-home'))).output).toContain(warning);
    expect(await hex('unretire', 'lantern', '1.1.0')).toBe('204 nil\n');
    const calm = await compile('calm', 'lantern', home('calm-home'));
    expect(calm).toMatchObject({ exitCode: 0, output: expect.not.stringContaining('retired') });
  }, 60_000);

  it('take a release away, which is then chosen no more, and refused to who has locked it', async () => {
    expect(await publish('1.2.0')).toMatch(/^201 /);
    const { lock } = await compile('before', 'lantern', home('before-home'));
    expect(lock).toContain('<<"1.2.0">>');
    expect(await hex('delete', 'lantern', '1.2.0')).toBe('204 nil\n');
    expect((await compile('after', 'lantern', home('after-home'))).lock).toContain('<<"1.1.0">>');
    expect(await compile('locked', 'lantern', home('locked-home'), lock)).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('Package not found in any repo: lantern 1.2.0'),
    });
  }, 60_000);

  it('are refused what is published already, and what belongs to others', async () => {
    expect(await publish('1.0.0')).toMatch(/^201 /);
    expect(await publish('1.0.0', '"something else"')).toMatch(
      /^422 .*can only modify a release up to one hour after publication/,
    );
    expect(await hexAs('no-key', 'publish', 'lantern')).toMatch(/^401 .*FORGE-R005/);
    const belongs = /^403 .*`lantern` belongs to alice \(FORGE-R009\)/;
    expect(await hexOfBob('publish', 'lantern')).toMatch(belongs);
    expect(await hexOfBob('retire', 'lantern', '1.0.0', 'other', 'mine')).toMatch(belongs);
    expect(await hex('add-owner', 'lantern', 'bob')).toMatch(/^20[04] /);
    expect(await hex('owners', 'lantern')).toMatch(/^200 .*<<"alice">>.*<<"bob">>/);
    expect(await hexOfBob('retire', 'lantern', '1.0.0', 'other', 'mine')).toBe('204 nil\n');
  }, 60_000);

  it('find packages by a part of their names', async () => {
    const found = await hex('search', 'lan');
    expect(found).toMatch(/^200 .*<<"name">> => <<"lantern">>/);
    expect(found).not.toContain('<<"name">> => <<"lamp">>');
    expect(await hex('search', 'nothing-of-the-kind')).toBe('200 []\n');
  });
});
