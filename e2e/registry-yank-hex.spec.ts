import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describeOnEachDatabase } from './support/each-database';
import { describeWithHexArchive, hexArchives } from './support/hex-archive';
import type { RegistryYard } from './support/registry-yard';

const mixFile = (version: string): string => `defmodule Lantern.MixProject do
  use Mix.Project
  def project, do: [app: :lantern, version: "${version}", description: "d", deps: [], aliases: [docs: fn _ -> File.mkdir_p!("doc"); File.write!("doc/index.html", "<p>") end], package: [licenses: ["MIT"], links: %{}]]
end
`;
const consumer = `defmodule User.MixProject do
  use Mix.Project
  def project, do: [app: :user, version: "0.0.0", deps: [{:lantern, "~> 1.0"}]]
end
`;

/** A retired release is still chosen, with a warning; one that is reverted is gone, and may come anew. */
describeWithHexArchive('with its own client', () =>
  describeOnEachDatabase(
    'mix hex.retire, hex.owner and a reverted release',
    ['hex'],
    (openYard) => {
      let yard: RegistryYard;
      beforeAll(async () => {
        yard = await openYard();
        for (const version of ['1.0.0', '1.1.0'])
          expect(await publish(version)).toMatchObject({ exitCode: 0 });
      }, 120_000);
      afterAll(() => yard.stop());

      function mix(user: string, where: string, ...args: readonly string[]) {
        const env = {
          MIX_ARCHIVES: hexArchives,
          MIX_HOME: join(yard.directory, 'home/mix'),
          HEX_HOME: join(yard.directory, `home/hex-${user}`),
          HEX_API_URL: `${yard.registry.url}/hex/api`,
          HEX_API_KEY: yard.registry.tokens[user] ?? '',
          HEX_MIRROR: `${yard.registry.url}/hex`,
          HEX_UNSAFE_REGISTRY: '1',
          MIX_ENV: 'prod',
        };
        return yard.run(['mix', ...args], { in: where, env });
      }
      const alice = (...args: readonly string[]) => mix('alice', 'lantern', ...args);
      function publish(version: string, user = 'alice', ...more: readonly string[]) {
        yard.write('lantern', {
          'mix.exs': mixFile(version),
          'README.md': '# lantern',
          'lib/lantern.ex': 'defmodule Lantern do\nend\n',
        });
        return mix(user, 'lantern', 'hex.publish', 'package', '--yes', ...more);
      }
      async function resolve(where: string) {
        const root = yard.write(where, { 'mix.exs': consumer });
        const { output } = await mix(where, where, 'deps.get');
        const lock = existsSync(join(root, 'mix.lock'))
          ? readFileSync(join(root, 'mix.lock'), 'utf8')
          : '';
        const version = /:hex, :lantern, "([^"]+)"/.exec(lock)?.[1];
        return { version, output: stripVTControlCharacters(output) };
      }

      it('warn of a retired release with its reason, until it is taken back', async () => {
        const retired = await alice(
          'hex.retire',
          'lantern',
          '1.1.0',
          'security',
          '--message',
          'it leaks',
        );
        expect(retired).toMatchObject({
          exitCode: 0,
          output: expect.stringContaining('1.1.0 has been retired'),
        });
        const found = await resolve('warned');
        expect(found.version).toBe('1.1.0');
        expect(found.output).toMatch(/lantern 1\.1\.0 RETIRED!\s+\(security\) it leaks/);
        const undone = await alice('hex.retire', 'lantern', '1.1.0', '--unretire');
        expect(undone.output).toContain('has been unretired');
        expect((await resolve('calm')).output).not.toContain('RETIRED');
      }, 120_000);

      it('tell of packages, releases and whose they are', async () => {
        const told = async (...args: readonly string[]) => {
          const { exitCode, output } = await alice(...args);
          expect([args, exitCode]).toEqual([args, 0]);
          return stripVTControlCharacters(output);
        };
        expect(await told('hex.info', 'lantern')).toMatch(
          /Config: \{:lantern, "~> 1\.1"\}\s[^]*1\.1\.0 \([^]*1\.0\.0 \([^]*Licenses: MIT/,
        );
        expect(await told('hex.info', 'lantern', '1.0.0')).toContain('{:lantern, "~> 1.0"}');
        expect(await told('hex.package', 'search', 'lant')).toMatch(/lantern\s+d\s+1\.1\.0/);
        expect(await told('hex.owner', 'packages')).toContain('lantern - http');
        expect((await told('hex.user', 'whoami')).trim()).toBe('alice');
      }, 60_000);

      it('are refused to others, as publishing is, until an owner lets them in', async () => {
        const denied = expect.stringContaining('`lantern` belongs to alice (FORGE-R009)');
        // After a 403 Mix looks whether the package is there and then says so in its own words.
        expect(await publish('1.2.0', 'bob')).toMatchObject({
          exitCode: 1,
          output: expect.stringContaining('Package with name lantern already exists'),
        });
        const retire = ['hex.retire', 'lantern', '1.0.0', 'other', '--message', 'mine'];
        expect((await mix('bob', 'lantern', ...retire)).output).toEqual(denied);
        expect(await alice('hex.owner', 'add', 'lantern', 'bob')).toMatchObject({ exitCode: 0 });
        const list = await alice('hex.owner', 'list', 'lantern');
        expect(list.output).toMatch(/alice@localhost\s+full\s+bob@localhost\s+full/);
        expect(await publish('1.2.0', 'bob')).toMatchObject({ exitCode: 0 });
        expect(await alice('hex.owner', 'remove', 'lantern', 'bob')).toMatchObject({ exitCode: 0 });
        expect((await mix('bob', 'lantern', ...retire)).output).toEqual(denied);
        expect((await alice('hex.owner', 'remove', 'lantern', 'alice')).output).toContain(
          'FORGE-R011',
        );
      }, 120_000);

      it('take a fresh release away, which may then be published anew', async () => {
        expect((await resolve('before')).version).toBe('1.2.0');
        const reverted = await alice('hex.publish', '--revert', '1.2.0', '--yes');
        expect(reverted).toMatchObject({ exitCode: 0 });
        expect((await resolve('after')).version).toBe('1.1.0');
        expect(await publish('1.2.0')).toMatchObject({ exitCode: 0 });
        expect((await resolve('again')).version).toBe('1.2.0');
      }, 120_000);

      it('put documentation beside a release', async () => {
        expect(await alice('hex.publish', 'docs', '--yes')).toMatchObject({ exitCode: 0 });
        const at = `${yard.registry.url}/hex/docs/lantern-1.2.0.tar.gz`;
        expect((await fetch(at)).status).toBe(200);
        expect(await alice('hex.publish', 'docs', '--revert', '1.2.0', '--yes')).toMatchObject({
          exitCode: 0,
        });
        expect((await fetch(at)).status).toBe(404);
      }, 60_000);
    },
  ),
);
