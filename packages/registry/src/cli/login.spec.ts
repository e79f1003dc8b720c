import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRegistry, type RunningRegistry } from '../server';
import { password, peopleOf } from '../testing/people';
import { login } from './login';

let registry: RunningRegistry;
let directory: string;
let output = '';
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-login-'));
  registry = await startRegistry();
  await peopleOf(registry).join('alice');
}, 30_000);
afterAll(async () => {
  await registry.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  output = '';
  process.env['FORGE_PASSWORD'] = password;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});
afterEach(() => {
  delete process.env['FORGE_PASSWORD'];
  jest.restoreAllMocks();
});

const scopesOf = async (token: string) => {
  const { status } = await peopleOf(registry).ask('GET', '/users/me', undefined, token);
  const tokens = await peopleOf(registry).ask('GET', '/users/me/tokens', undefined, token);
  return [status, tokens.status];
};

it('prints a token and the settings of every tool with it', async () => {
  expect(await login({ url: `${registry.url}/`, as: 'alice' })).toBe(0);
  const token = /^token: (forge_[\w-]{43})$/m.exec(output)?.[1] ?? '';
  expect(await scopesOf(token)).toEqual([200, 403]);
  expect(output).toContain(`TWINE_PASSWORD=${token}`);
  expect(output).not.toContain(password);
});

it('writes the token into a file of its owner, where that is asked, and prints none', async () => {
  const file = path.join(directory, 'token');
  const options = { scope: ['read'], 'expires-in': '7', 'token-out': file };
  expect(await login({ url: registry.url, as: 'alice', ...options })).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await scopesOf(readFileSync(file, 'utf8').trim())).toEqual([200, 403]);
  expect(output).not.toMatch(/forge_[\w-]{43}/);
  await expect(login({ url: registry.url, as: 'alice', ...options })).rejects.toThrow('EEXIST');
});

it('says why it gets none', async () => {
  process.env['FORGE_PASSWORD'] = 'wrong horse battery';
  await expect(login({ url: registry.url, as: 'alice' })).rejects.toMatchObject({
    code: 'FORGE-R043',
  });
  process.env['FORGE_PASSWORD'] = password;
  const scope = ['everything'];
  await expect(login({ url: registry.url, as: 'alice', scope })).rejects.toThrow('is no scope');
});

it.each([
  [{}, 'which server'],
  [{ url: 'http://127.0.0.1:1' }, 'as whom'],
  [{ url: 'http://packages.example', as: 'alice' }, 'unencrypted'],
  [{ url: 'http://127.0.0.1:1', as: 'alice', 'expires-in': 'soon' }, 'no number of days'],
])('refuses %j', async (options, reason) => {
  await expect(login(options)).rejects.toThrow(reason);
});
