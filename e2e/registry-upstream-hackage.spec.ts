import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cabalIn, signedConfig, type Cabal } from './support/cabal-home';
import { describeWithTools } from './support/describe-with-tools';
import { publishTinyPackages } from './support/publish-tiny-packages';
import type { RegistryProcess } from './support/registry-process';
import { succeeded } from './support/run';
import { tinyCabalFile } from './support/tiny-packages';
import { openUpstreamYard, type UpstreamYard } from './support/upstream-yard';
import { writeInto } from './support/workspace';

/** cabal knows what the index tells, and asks for nothing else: so theirs goes into ours, and is signed with it. */
describeWithTools('packages of another repository', ['hackage'], () => {
  let yard: UpstreamYard;
  let own: RegistryProcess;
  beforeAll(async () => {
    yard = await openUpstreamYard(['hackage']);
    own = await yard.startReader();
  }, 120_000);
  afterAll(() => yard.stop());

  const plainConfig = ({ url }: RegistryProcess) =>
    Promise.resolve(`repository forge\n  url: ${url}/hackage\n  secure: False\n`);
  const homeOf = async (
    name: string,
    registry: RegistryProcess,
    configOf: (registry: RegistryProcess) => Promise<string> = plainConfig,
  ): Promise<Cabal> => cabalIn(join(yard.directory, name), await configOf(registry));

  /** Updates, and answers what the solver takes. */
  async function solve(cabal: Cabal): Promise<string> {
    succeeded(await cabal('update', '-v1'));
    const { output } = await cabal('build', '--dry-run');
    return /tiny-hackage-([\d.]+) /.exec(output)?.[1] ?? output;
  }

  it.each([
    ['with signatures', signedConfig],
    ['without', plainConfig],
  ])(
    'are read through %s',
    async (how, configOf) => {
      const cabal = await homeOf(how, own, configOf);
      expect(await solve(cabal)).toBe('1.0.0');
      succeeded(await cabal('get', 'tiny-hackage'));
      expect(existsSync(join(yard.directory, how, 'tiny-hackage-1.0.0/src/Tiny.hs'))).toBe(true);
    },
    60_000,
  );

  it('are built as dependencies', async () => {
    const cabal = await homeOf('builder', own, signedConfig);
    succeeded(await cabal('update'));
    succeeded(await cabal('build', '-v1', '-O0'));
  }, 120_000);

  it('never stand in for a package of ours, however high their version', async () => {
    const holder = await yard.startReader();
    const signed = await homeOf('before', holder, signedConfig);
    expect(await solve(signed)).toBe('1.0.0');
    const ours = { 'tiny-hackage/tiny-hackage.cabal': tinyCabalFile('0.9.0') };
    await publishTinyPackages(holder, ['hackage'], ours);
    // What was told is in the index for good, and is one to avoid.
    expect(await solve(signed)).toBe('0.9.0');
    const unsigned = await homeOf('held', holder);
    expect(await solve(unsigned)).toBe('0.9.0');
    expect((await unsigned('get', 'tiny-hackage-1.0.0')).exitCode).not.toBe(0);
    const taken = await signed('get', 'tiny-hackage-1.0.0');
    expect([taken.exitCode, taken.output]).toEqual([1, expect.stringContaining('404')]);
  }, 120_000);

  it('are not told of under a name that is claimed, nor is "nothing" where nobody answers', async () => {
    writeInto(yard.directory, 'claims.json', '{ "hackage": ["tiny-*"] }');
    const claiming = await yard.startReader('--claims', join(yard.directory, 'claims.json'));
    expect(await solve(await homeOf('claimed', claiming))).toMatch(/unknown package: tiny-hackage/);
    const stranded = await yard.startStranded();
    for (const [home, configOf] of [
      ['lost', plainConfig],
      ['signed', signedConfig],
    ] as const) {
      const updated = await (await homeOf(home, stranded, configOf))('update');
      expect([updated.exitCode, updated.output]).toEqual([1, expect.stringContaining('502')]);
    }
  }, 60_000);
});
