import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repository } from './support/repository';
import { run, runOk, succeeded, userEnvironment } from './support/run';
import { writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const path = process.env['PATH'] ?? '';

/** A port that was free a moment ago; whoever needs a number before the server starts has to guess one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; !holds(); await pause(50))
    if (Date.now() > deadline) throw new Error(`${what} does not happen`);
}

/** Signals a process, or with a negative number a group of them; one that has ended already is no failure. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/api/v1`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('npx forge-registry', () => {
  let directory: string;
  let server: ChildProcess;
  let printed = '';
  let ready: string;
  let env: Record<string, string>;
  let ended: Promise<number | null>;

  const npx = (...args: readonly string[]): string[] => ['--no-install', 'forge-registry', ...args];

  beforeAll(async () => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-npx-')));
    ready = join(directory, 'ready.json');
    env = userEnvironment({ url: '', token: '' }, path);
    delete env['FORGE_TOKEN'];
    server = spawn(
      'npx',
      npx('--port', '0', '--data', join(directory, 'data'), '--ready-file', ready),
      { cwd: repository, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    );
    server.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    ended = new Promise((resolve) => server.once('exit', resolve));
    await until('the start', () => /listening on/.test(printed) || server.exitCode !== null);
  }, 90_000);

  afterAll(() => {
    // Whatever a failed test left behind; nothing is left after one that passed.
    if (server.pid !== undefined) signal(-server.pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  const address = (): { url: string; token: string; pid: number } =>
    JSON.parse(readFileSync(ready, 'utf8')) as { url: string; token: string; pid: number };

  it('prints a token, the settings of six tools and its address', async () => {
    const { url, token } = address();
    expect(printed).toMatch(/^token: \S{20,}$/m);
    expect(printed).toContain(`token: ${token}\n`);
    const settings = [
      `export CARGO_REGISTRIES_FORGE_INDEX="sparse+${url}/cargo/index/"`,
      `registry=${url}/npm/`,
      `export TWINE_REPOSITORY_URL=${url}/pypi/legacy/`,
      `export HEX_API_URL=${url}/hex/api`,
      `  url: ${url}/hackage`,
      `gem push NAME-VERSION.gem --host ${url}/gems`,
    ];
    for (const setting of settings) expect(printed).toContain(`\n${setting}`);
    expect(printed.trimEnd().split('\n').at(-1)).toBe(`forge-registry: listening on ${url}`);
    expect(await answers(url)).toBe(true);
  });

  it('prints the settings again for whoever may read the ready file', async () => {
    const options = { cwd: repository, env };
    const { url } = address();
    const again = await runOk('npx', npx('env', '--ready-file', ready), options);
    const settings = /^# [\s\S]*(?=\nforge-registry: )/m.exec(printed)?.[0] ?? 'none';
    expect(again).toContain(settings.trim());
    const without = await runOk('npx', npx('env', '--url', url), options);
    expect(without).toContain('${FORGE_TOKEN}');
    expect(without).not.toContain(address().token);
  }, 30_000);

  it('does not share its data directory', async () => {
    const second = await run('npx', npx('--port', '0', '--data', join(directory, 'data')), {
      cwd: repository,
      env,
    });
    expect(second).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(
        new RegExp(`FORGE-R008 .*is in use by process ${address().pid}`),
      ),
    });
    expect(await answers(address().url)).toBe(true);
  }, 30_000);

  // npm 11 ends its shell by SIGTERM, and the shell does not pass that on: the ready file names the server itself.
  it('ends in order when it is told to', async () => {
    const { url, pid } = address();
    process.kill(pid, 'SIGTERM');
    // It takes away this file before it closes. Once more while it does, as happens in a tree of processes.
    while (existsSync(ready)) await pause(1);
    signal(pid, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(join(directory, 'data/lock'))).toBe(false);
    expect(existsSync(ready)).toBe(false);
    expect(await answers(url)).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  }, 60_000);
});

describe('a registry beside other targets', () => {
  let workspace: TemporaryWorkspace;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    workspace = writeWorkspace({
      'nx.json': '{}\n',
      'package.json': '{ "name": "nest", "private": true }\n',
      'tools/ask.mjs': askForIt(url),
      'tools/project.json': JSON.stringify({
        name: 'tools',
        targets: {
          registry: {
            executor: '@forge/release:registry',
            options: { port, data: 'tmp/registry' },
          },
          ask: { command: 'node tools/ask.mjs', dependsOn: ['registry'] },
        },
      }),
    });
  });

  afterAll(() => workspace.remove());

  it('runs while they run, and ends with them', async () => {
    const nx = await run(
      join(repository, 'node_modules/.bin/nx'),
      ['run', 'tools:ask', '--output-style=stream'],
      { cwd: workspace.root, env: userEnvironment({ url, token: 'let-me-in-to-the-nest' }, path) },
    );
    expect(succeeded(nx)).toContain('asked forge-registry');
    expect(nx.output).toContain(`forge-registry: listening on ${url}`);
    await until('the end', () => !existsSync(join(workspace.root, 'tmp/registry/lock')));
    expect(await answers(url)).toBe(false);
  }, 120_000);
});

/** Nx 23 starts what depends on a continuous task at once, so whoever needs the server waits for it. */
const askForIt = (url: string): string => `
for (let left = 600; left > 0; left -= 1) {
  try {
    const { name } = await (await fetch('${url}/api/v1')).json();
    console.log('asked ' + name);
    process.exit(0);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
process.exit(1);
`;
