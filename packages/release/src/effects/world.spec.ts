import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorld } from './world';

const command = (script: string, more: object = {}) => ({
  program: process.execPath,
  args: ['-e', script],
  cwd: tmpdir(),
  ...more,
});

describe('running commands', () => {
  const world = createWorld({ dryRun: false });

  it('redacts secrets and keeps them out of argv', async () => {
    const result = await world.build(
      command('console.log(process.env.TOKEN, process.argv.join())', {
        secretEnv: { TOKEN: 'forge-secret' },
      }),
    );
    expect(result).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^<redacted> /) });
  });

  it("hides the caller's tokens from tools that have no use for them", async () => {
    process.env['SOME_TOKEN'] = 'leaked';
    const result = await world.build(command('console.log(process.env.SOME_TOKEN)'));
    delete process.env['SOME_TOKEN'];
    expect(result.stdout.trim()).toBe('undefined');
  });

  it('passes on what a tool names, secrets redacted from what it prints', async () => {
    process.env['JOB_NAME'] = 'release';
    process.env['JOB_TOKEN'] = 'forge-secret';
    const script = 'console.log(process.env.JOB_NAME, process.env.JOB_TOKEN, process.env.NO_SUCH)';
    const passed = { passEnv: ['JOB_NAME'], passSecretEnv: ['JOB_TOKEN', 'NO_SUCH'] };
    const { stdout } = await world.build(command(script, passed));
    delete process.env['JOB_NAME'];
    delete process.env['JOB_TOKEN'];
    expect(stdout.trim()).toBe('release <redacted> undefined');
  });

  it('passes the proxies of the caller on, and shows no password of one', async () => {
    const before = { ...process.env };
    process.env['https_proxy'] = 'http://me:forge-secret@proxy.example:8080';
    process.env['NO_PROXY'] = 'host.example';
    const script =
      'const { https_proxy, NO_PROXY } = process.env; console.log(https_proxy, NO_PROXY)';
    const { stdout } = await world.build(command(script));
    process.env = before;
    expect(stdout.trim()).toBe('<redacted> host.example,127.0.0.1,localhost,::1');
  });

  it('gives a tool no terminal to prompt on', async () => {
    const { stdout } = await world.build(
      command('process.stdin.on("data", () => {}).on("end", () => console.log("end"))'),
    );
    expect(stdout.trim()).toBe('end');
  });

  it('answers 127 for a program that is not there', async () => {
    const result = await world.build({ program: '/nowhere/tool', args: [], cwd: tmpdir() });
    expect(result.exitCode).toBe(127);
    expect(result.stderr).toContain('/nowhere/tool');
  });

  it('writes private files for the run only, readable by this user only', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'forge-')), 'home', 'credentials');
    const script = `const s = require("fs").statSync(${JSON.stringify(path)}); console.log((s.mode & 0o777).toString(8))`;
    const result = await world.build(
      command(script, { privateFiles: [{ path, content: 'token' }] }),
    );
    expect(result.stdout.trim()).toBe('600');
    expect(existsSync(path)).toBe(false);
    expect(statSync(join(path, '..')).isDirectory()).toBe(true);
  });
});

describe('a dry world', () => {
  let server: Server;
  let url: string;
  const received: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      received.push(request.method ?? '');
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => server.close());

  const world = createWorld({ dryRun: true });

  it('reads', async () => {
    expect((await world.request({ method: 'GET', url })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE'] as const)('refuses to send %s', async (method) => {
    expect(() => world.request({ method, url })).toThrow(/dry run/);
    expect(received).not.toContain(method);
  });

  it('refuses to start an uploading command', () => {
    expect(() => world.upload(command('process.exit(0)'))).toThrow(
      expect.objectContaining({ code: 'FORGE-P007' }),
    );
  });

  it.each(['FORGE_RELEASE_DRY_RUN', 'NX_DRY_RUN'])('is forced by %s', (variable) => {
    process.env[variable] = 'true';
    expect(createWorld({ dryRun: false }).dryRun).toBe(true);
    delete process.env[variable];
  });

  it('takes a dead server for unknown, not for absent', async () => {
    const response = await world.request({ method: 'GET', url: 'http://127.0.0.1:1/' });
    expect(response.status).toBe(0);
    expect(Buffer.from(response.body).toString()).not.toBe('');
  });
});
