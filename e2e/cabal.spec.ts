import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { run } from './support/run';

/**
 * cabal 3.4 uploads by curl, else by wget, else by itself, and does it a little differently each time. The
 * other suites upload by the first that a machine has; this one by what every machine has.
 */
describeWithTools('cabal without curl', ['hackage'], () => {
  let registry: RegistryProcess;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'forge-cabal-'));
    registry = await startRegistryProcess();
    writeFileSync(join(directory, 'plain.cabal'), cabalFile);
    await cabal('', 'sdist', '--ignore-project', `--output-directory=${directory}`);
  }, 60_000);
  afterAll(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true });
  });

  const cabalFile = [
    'cabal-version: 2.4',
    'name: plain',
    'version: 1.0',
    'library',
    '  build-depends: base',
    '  default-language: Haskell2010',
    '',
  ].join('\n');

  /** With a home of its own. */
  const cabal = (config: string, ...args: readonly string[]) => {
    const path = join(directory, 'config');
    writeFileSync(path, config, { mode: 0o600 });
    const { PATH } = process.env;
    const env = {
      PATH,
      HOME: directory,
      CABAL_DIR: directory,
      CABAL_CONFIG: path,
      LANG: 'C.UTF-8',
    };
    return run('cabal', args, { cwd: directory, env });
  };
  const upload = (password: string) => {
    const lines = [
      'http-transport: plain-http',
      'username: forge',
      `password: ${password}`,
      'repository forge',
      `  url: ${registry.url}/hackage`,
      '  secure: False',
      '',
    ];
    return cabal(lines.join('\n'), 'upload', '--publish', join(directory, 'plain-1.0.tar.gz'));
  };

  it('is refused with a wrong token, and uploads with the right one', async () => {
    expect((await upload('a_wrong_token_of_nobody')).output).toMatch(/http\s+code\s+401/);
    expect(await registry.arrivals()).toEqual([]);
    expect(await upload(registry.token)).toMatchObject({ exitCode: 0 });
    expect(await registry.arrivals()).toMatchObject([{ name: 'plain', version: '1.0' }]);
  }, 60_000);
});
