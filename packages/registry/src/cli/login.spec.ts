import fs from 'node:fs';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRegistry, type RunningRegistry } from '../server';
import { password, peopleOf, type People } from '../testing/people';
import { login } from './login';

let registry: RunningRegistry;
let directory: string;
let ask: People['ask'];
let session: string;
let output = '';
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-login-'));
  registry = await startRegistry();
  const people = peopleOf(registry);
  ask = people.ask;
  session = await people.join('alice');
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
});

const tokensMade = async () => {
  const { body } = await ask('GET', '/users/me/tokens', undefined, session);
  return (body['tokens'] as readonly unknown[]).length;
};

it('makes no token that it has no place for, and leaves no file without one', async () => {
  const before = await tokensMade();
  const file = path.join(directory, 'taken');
  writeFileSync(file, 'something else');
  const options = { url: registry.url, as: 'alice', 'token-out': file };
  await expect(login(options)).rejects.toMatchObject({ code: 'FORGE-C001' });
  await expect(login(options)).rejects.toThrow('EEXIST');
  expect([readFileSync(file, 'utf8'), await tokensMade()]).toEqual(['something else', before]);
  const absent = path.join(directory, 'absent');
  process.env['FORGE_PASSWORD'] = 'wrong horse battery';
  await expect(login({ ...options, 'token-out': absent })).rejects.toThrow('is needed');
  expect(existsSync(absent)).toBe(false);
});

describe('where the disk is full', () => {
  const full = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  };
  const attempt = async (name: string) => {
    const folder = path.join(directory, name);
    fs.mkdirSync(folder);
    const file = path.join(folder, 'token');
    const failed = login({ url: registry.url, as: 'alice', 'token-out': file });
    await expect(failed).rejects.toMatchObject({
      code: 'FORGE-C001',
      what: expect.stringContaining('the token cannot be written: ENOSPC') as string,
    });
    return fs.readdirSync(folder);
  };

  it('makes no token', async () => {
    const before = await tokensMade();
    const asked = jest.spyOn(globalThis, 'fetch');
    jest.spyOn(fs, 'writeSync').mockImplementationOnce(full);
    expect(await attempt('no-room')).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
    expect(await tokensMade()).toBe(before);
  });

  it('revokes a token of which not all can be written, and leaves no part of it', async () => {
    const before = await tokensMade();
    const { writeSync } = fs;
    const some = (descriptor: number, bytes: unknown) =>
      writeSync(descriptor, (bytes as Buffer).subarray(0, 10));
    const written = jest.spyOn(fs, 'writeSync');
    const asked = jest.spyOn(globalThis, 'fetch').mockImplementationOnce((...request) => {
      written.mockImplementationOnce(some).mockImplementationOnce(full);
      asked.mockRestore();
      return fetch(...request);
    });
    expect(await attempt('little-room')).toEqual([]);
    expect(await tokensMade()).toBe(before);
  });
});

it('replaces no file that came there meanwhile', async () => {
  const file = path.join(directory, 'came');
  const asked = jest.spyOn(globalThis, 'fetch').mockImplementationOnce((...request) => {
    writeFileSync(file, 'something else');
    asked.mockRestore();
    return fetch(...request);
  });
  const late = login({ url: registry.url, as: 'alice', 'token-out': file });
  await expect(late).rejects.toThrow('EEXIST');
  expect(readFileSync(file, 'utf8')).toBe('something else');
});

it('says so where something else answers', async () => {
  const other = createServer((_, response) => response.writeHead(502).end('<html>Bad Gateway'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await expect(login({ url, as: 'alice' })).rejects.toMatchObject({
    code: 'FORGE-R043',
    what: `${url} gives no token: it answers 502`,
  });
  other.close();
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
