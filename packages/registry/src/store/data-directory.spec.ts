import { ForgeError } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startToyRegistry } from '../testing/client';
import { lockDirectory } from './lock';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'forge-registry-'));
});
afterEach(() => rmSync(data, { recursive: true }));

describe('a data directory', () => {
  it('keeps packages, files and keys over a restart, but no token', async () => {
    const first = await startToyRegistry({ data });
    await first.publish('kept/1.0.0/kept.bin', 'kept bytes');
    const before = await (await first.get('/toy/packages/kept')).json();
    await first.close();

    const second = await startToyRegistry({ data });
    expect(await (await second.get('/toy/packages/kept')).json()).toEqual(before);
    expect(await (await second.get('/toy/files/kept.bin')).text()).toBe('kept bytes');
    const range = await second.get('/toy/files/kept.bin', { range: 'bytes=5-' });
    expect(await range.text()).toBe('bytes');
    const stale = { authorization: first.token };
    expect((await second.publish('kept/2.0.0/kept-2.bin', 'x', stale)).status).toBe(401);
    expect((await second.publish('kept/2.0.0/kept-2.bin', 'x')).status).toBe(201);
    await second.close();
  }, 30_000);

  it('has blobs by their sha256, a private key for its owner only, and no token in it', async () => {
    const registry = await startToyRegistry({ data });
    await registry.publish('kept/1.0.0/kept.bin', 'kept bytes');
    await registry.close();
    const sha256 = createHash('sha256').update('kept bytes').digest('hex');
    expect(readdirSync(path.join(data, 'blobs', sha256.slice(0, 2)))).toEqual([sha256]);
    expect(statSync(path.join(data, 'keys/rsa-private.pem')).mode & 0o777).toBe(0o600);
    expect(readdirSync(data).sort()).toEqual(['blobs', 'keys', 'pg']);
  }, 30_000);

  it('is refused to a second server while the first one runs: FORGE-R008', async () => {
    const first = await startToyRegistry({ data });
    const second = startToyRegistry({ data });
    await expect(second).rejects.toMatchObject({ code: 'FORGE-R008' });
    await expect(second).rejects.toBeInstanceOf(ForgeError);
    expect((await first.get('/health')).status).toBe(200);
    await first.close();
  }, 30_000);
});

it('is needed beside a database, which has no place for files: FORGE-C001', async () => {
  const attempt = startToyRegistry({ database: 'postgres://127.0.0.1/nowhere' });
  await expect(attempt).rejects.toMatchObject({ code: 'FORGE-C001' });
});

describe('the lock', () => {
  it.each([
    ['a process that is gone', '999999999 1'],
    ['an earlier process with the same pid', `${process.pid} 1`],
    ['a file cut short by a crash', ''],
  ])('is taken over from %s', (_, holder) => {
    writeFileSync(path.join(data, 'lock'), `${holder}\n`);
    const lock = lockDirectory(data);
    expect(() => lockDirectory(data)).toThrow(`is in use by process ${process.pid}`);
    lock.release();
    expect(readdirSync(data)).toEqual([]);
  });
});
