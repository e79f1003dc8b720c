import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLoopback } from './loopback';
import { createLoopbackWorld } from './loopback-world';

const home = mkdtempSync(join(tmpdir(), 'forge-loopback-'));
afterAll(() => rmSync(home, { recursive: true }));

const world = () => createLoopbackWorld({ home, toolchains: { FORGE_TEST_TOOLCHAIN: '.nowhere' } });
const print = 'process.stdout.write(JSON.stringify(process.env))';
const node = (more: object = {}) => ({
  ...{ program: process.execPath, args: ['-e', print], cwd: home },
  ...more,
});

it.each(['http://127.0.0.1:4874/npm', 'http://localhost/', 'http://[::1]:1/', 'https://127.9.9.9'])(
  '%s is this machine',
  (url) => expect(isLoopback(url)).toBe(true),
);

it.each(['https://registry.example/', 'http://127.0.0.1.example/', 'http://10.0.0.1/', 'no url'])(
  '%s is not',
  (url) => expect(isLoopback(url)).toBe(false),
);

it('refuses requests to other hosts, reads included', () => {
  const request = { method: 'GET', url: 'https://registry.example/demo' } as const;
  expect(() => world().request(request)).toThrow(expect.objectContaining({ code: 'FORGE-W001' }));
});

it.each([
  ['an argument', { args: ['-e', '0', '--registry=https://registry.example/'] }],
  ['a variable', { env: { INDEX: 'sparse+https://registry.example/index/' } }],
  [
    'a file',
    { privateFiles: [{ path: join(home, 'rc'), content: 'host=http://registry.example' }] },
  ],
])('starts nothing that is pointed elsewhere by %s', (_, more) => {
  const thrown = expect.objectContaining({ code: 'FORGE-W001' });
  expect(() => world().upload(node(more))).toThrow(thrown);
  expect(() => world().build(node(more))).toThrow(thrown);
});

it('gives tools a home of their own, a way out that leads nowhere, and no token', async () => {
  process.env['FORGE_TEST_TOKEN'] = 'secret-of-a-person';
  process.env['all_proxy'] = 'http://proxy.example:8080';
  try {
    const { stdout } = await world().upload(node({ passEnv: ['FORGE_TEST_TOKEN'] }));
    const env = JSON.parse(stdout) as Record<string, string>;
    expect(env).toMatchObject({
      HOME: home,
      https_proxy: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      all_proxy: 'http://127.0.0.1:9',
      no_proxy: '127.0.0.1,localhost,::1',
    });
    expect(env).not.toHaveProperty('FORGE_TEST_TOKEN');
    expect(env).not.toHaveProperty('FORGE_TEST_TOOLCHAIN');
  } finally {
    delete process.env['FORGE_TEST_TOKEN'];
    delete process.env['all_proxy'];
  }
});

it('is no dry world, even while dry runs are forced: nothing of it is for ever', async () => {
  process.env['FORGE_RELEASE_DRY_RUN'] = 'true';
  try {
    expect((await world().upload(node({ env: { http_proxy: '' } }))).stdout).not.toContain(
      '"http_proxy"',
    );
  } finally {
    delete process.env['FORGE_RELEASE_DRY_RUN'];
  }
});
