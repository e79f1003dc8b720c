/** @jest-environment ../packages/registry/jest/pglite-environment.js */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startRegistry, type RunningRegistry } from '../packages/registry/src/server';
import { describeWithHexArchive, hexArchives } from './support/hex-archive';
import { publishTinyPackages } from './support/publish-tiny-packages';
import { repository } from './support/repository';
import { run, succeeded } from './support/run';
import { writeInto } from './support/workspace';

const consumer = `defmodule User.MixProject do
  use Mix.Project
  def project, do: [app: :user, version: "0.0.0", deps: [{:tiny_hex, "~> 1.0"}]]
end
`;

/** The commands of the README, one a line: who holds an old key believes the new one by it. */
const moveOver = (url: string) => [
  ['curl', '-s', '-o', 'new.pem', `${url}/hex/public_key`],
  [
    'sh',
    '-c',
    `curl -sf -o new.sig ${url}/hex/public_key/signed-by/$(sha256sum forge-hex.pem | cut -d' ' -f1)`,
  ],
  ['openssl', 'dgst', '-sha512', '-verify', 'forge-hex.pem', '-signature', 'new.sig', 'new.pem'],
  ['mv', 'new.pem', 'forge-hex.pem'],
  ['mix', 'hex.repo', 'set', 'hexpm', '--public-key', 'forge-hex.pem'],
];

describeWithHexArchive('a signed repository, for nobody without a token', () => {
  let directory: string;
  let registry: RunningRegistry;
  beforeAll(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-signed-')));
    registry = await start(0, false);
    await publishTinyPackages(registry, ['hex']);
    await restart();
  }, 60_000);
  afterAll(async () => {
    await registry.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (port: number, readsNeedToken: boolean) =>
    startRegistry({
      ...{ data: join(directory, 'data'), port, accounts: { readsNeedToken } },
      token: 'token_of_the_registry_0123456789',
    });
  async function restart(): Promise<void> {
    await registry.close();
    registry = await start(Number(new URL(registry.url).port), true);
  }
  async function rotate(): Promise<string> {
    await registry.close();
    const bin = join(repository, 'packages/registry/bin/forge-registry.js');
    const options = ['rotate-key', '--data', join(directory, 'data')];
    const said = await run(process.execPath, [bin, ...options], {
      cwd: directory,
      env: process.env,
    });
    succeeded(said);
    await restart();
    return /SHA256:\S{43}/.exec(said.output)?.[0] ?? '';
  }
  /** A home of its own, in which programs run. */
  function homeOf(name: string) {
    const at = join(directory, name);
    writeInto(at, 'mix.exs', consumer);
    const { PATH = '' } = process.env;
    const places = { HOME: at, MIX_HOME: join(at, 'mix'), HEX_HOME: join(at, 'hex') };
    // Without it Hex would change the key at the public registry.
    const HEX_API_URL = `${registry.url}/hex/api`;
    const env = { PATH, ...places, HEX_API_URL, MIX_ARCHIVES: hexArchives, LANG: 'C.UTF-8' };
    return async ([program = '', ...args]: readonly string[]) => {
      const { exitCode, output } = await run(program, args, { cwd: at, env });
      return { exitCode, output: stripVTControlCharacters(output) };
    };
  }
  /** Whether the index is believed; a lock file and a package that is there would need none. */
  async function fetches(home: ReturnType<typeof homeOf>) {
    await home(['rm', '-rf', 'deps', 'mix.lock', '_build', 'hex/cache.ets', 'hex/packages']);
    const { exitCode, output } = await home(['mix', 'deps.get']);
    return exitCode === 0 ? 'fetches' : output;
  }

  it('is read with a key, and after a rotation by who checks the new key by the old one', async () => {
    const { url, token } = registry;
    const home = homeOf('knows');
    succeeded(await home(['curl', '-s', '-o', 'forge-hex.pem', `${url}/hex/public_key`]));
    const given = ['--url', `${url}/hex`, '--public-key', 'forge-hex.pem', '--auth-key', token];
    succeeded(await home(['mix', 'hex.repo', 'set', 'hexpm', ...given]));
    expect(await fetches(home)).toBe('fetches');

    const fingerprint = await rotate();
    expect(await fetches(home)).toMatch(/signature/);
    for (const command of moveOver(url)) succeeded(await home(command));
    expect(await fetches(home)).toBe('fetches');
    expect((await home(['mix', 'hex.repo', 'show', 'hexpm'])).output).toContain(fingerprint);
  }, 120_000);
});
