import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { publishTinyPackages } from './support/publish-tiny-packages';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { run, succeeded, type RunResult } from './support/run';
import { writeInto } from './support/workspace';

const user = `cabal-version: 2.4
name: user
version: 0

library
  build-depends: base, tiny-hackage
  default-language: Haskell2010
`;
const tiny = (version: string) => ({
  'tiny-hackage/tiny-hackage.cabal': `cabal-version: 2.4
name: tiny-hackage
version: ${version}
synopsis: Tiny
description: Tiny and nothing else.
category: Testing
license: MIT
author: Quill
maintainer: quill@example.invalid

library
  exposed-modules: Tiny
  hs-source-dirs: src
  default-language: Haskell2010
  build-depends: base >=4 && <5
`,
});

/** cabal knows what the index tells, and asks for nothing else: so theirs goes into ours, and is signed with it. */
describeWithTools('packages of another repository', ['hackage'], () => {
  let directory: string;
  let other: RegistryProcess;
  let own: RegistryProcess;
  beforeAll(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-upstream-')));
    other = await startRegistryProcess();
    await publishTinyPackages(other, ['hackage']);
    own = await startRegistryProcess([], ['--upstream', `hackage=${other.url}`]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([own.stop(), other.stop()]);
    rmSync(directory, { recursive: true, force: true });
  });

  const plain = ({ url }: RegistryProcess) =>
    Promise.resolve(`repository forge\n  url: ${url}/hackage\n  secure: False\n`);
  const secure = async ({ url }: RegistryProcess) =>
    (await fetch(`${url}/hackage/cabal.config`)).text();

  /** A home of its own, and a project in it. */
  function cabalIn(home: string, config: string) {
    const at = join(directory, home);
    writeInto(at, 'config', config);
    writeInto(at, 'user.cabal', user);
    writeInto(at, 'cabal.project', 'packages: .\n');
    const { PATH = '' } = process.env;
    const env = {
      PATH,
      HOME: at,
      CABAL_DIR: at,
      CABAL_CONFIG: join(at, 'config'),
      LANG: 'C.UTF-8',
    };
    return (...args: readonly string[]): Promise<RunResult> => run('cabal', args, { cwd: at, env });
  }
  type Cabal = ReturnType<typeof cabalIn>;
  /** Updates, and answers what the solver takes. */
  async function solve(cabal: Cabal): Promise<string> {
    succeeded(await cabal('update', '-v1'));
    const { output } = await cabal('build', '--dry-run');
    return /tiny-hackage-([\d.]+) /.exec(output)?.[1] ?? output;
  }

  it.each([
    ['with signatures', secure],
    ['without', plain],
  ])(
    'are read through %s',
    async (how, configOf) => {
      const cabal = cabalIn(how, await configOf(own));
      expect(await solve(cabal)).toBe('1.0.0');
      succeeded(await cabal('get', 'tiny-hackage'));
      expect(existsSync(join(directory, how, 'tiny-hackage-1.0.0/src/Tiny.hs'))).toBe(true);
    },
    60_000,
  );

  it('are built as dependencies', async () => {
    const cabal = cabalIn('builder', await secure(own));
    succeeded(await cabal('update'));
    succeeded(await cabal('build', '-v1', '-O0'));
  }, 120_000);

  it('never stand in for a package of ours, however high their version', async () => {
    const holder = await startRegistryProcess([], ['--upstream', `hackage=${other.url}`]);
    try {
      const signed = cabalIn('before', await secure(holder));
      expect(await solve(signed)).toBe('1.0.0');
      await publishTinyPackages(holder, ['hackage'], tiny('0.9.0'));
      // What was told is in the index for good, and is one to avoid.
      expect(await solve(signed)).toBe('0.9.0');
      const unsigned = cabalIn('held', await plain(holder));
      expect(await solve(unsigned)).toBe('0.9.0');
      expect((await unsigned('get', 'tiny-hackage-1.0.0')).exitCode).not.toBe(0);
      const taken = await signed('get', 'tiny-hackage-1.0.0');
      expect([taken.exitCode, taken.output]).toEqual([1, expect.stringContaining('404')]);
    } finally {
      await holder.stop();
    }
  }, 120_000);

  it('are not told of under a name that is claimed, nor is "nothing" where nobody answers', async () => {
    writeInto(directory, 'claims.json', '{ "hackage": ["tiny-*"] }');
    const claims = ['--claims', `${directory}/claims.json`];
    const claiming = await startRegistryProcess(
      [],
      ['--upstream', `hackage=${other.url}`, ...claims],
    );
    // Nobody listens there.
    const stranded = await startRegistryProcess([], ['--upstream', 'hackage=http://127.0.0.1:9']);
    try {
      expect(await solve(cabalIn('claimed', await plain(claiming)))).toMatch(
        /unknown package: tiny-hackage/,
      );
      for (const [home, configOf] of [
        ['lost', plain],
        ['signed', secure],
      ] as const) {
        const updated = await cabalIn(home, await configOf(stranded))('update');
        expect([updated.exitCode, updated.output]).toEqual([1, expect.stringContaining('502')]);
      }
    } finally {
      await Promise.all([claiming.stop(), stranded.stop()]);
    }
  }, 60_000);
});
