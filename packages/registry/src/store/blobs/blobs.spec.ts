import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { blobsAtHand } from './at-hand';
import type { Blobs } from './blobs';
import { blobsInMemory } from './in-memory';
import { blobsOnDisk } from './on-disk';
import { describeBlobs } from '../../testing/describe-blobs';

const directory = mkdtempSync(path.join(tmpdir(), 'forge-blobs-'));
afterAll(() => rmSync(directory, { recursive: true }));

describeBlobs('blobs in memory', () => blobsInMemory());
describeBlobs('blobs at hand', () => blobsAtHand(blobsOnDisk(path.join(directory, 'at-hand'))));
describeBlobs('blobs on disk', () => blobsOnDisk(path.join(directory, 'blobs')));

it('on disk leave nothing of a write that fails, and nothing for ever of one that was cut off', async () => {
  const root = path.join(directory, 'unfinished');
  const blobs = blobsOnDisk(root);
  const sha256 = 'ab'.repeat(32);
  const folder = path.join(root, 'ab');
  mkdirSync(path.join(folder, sha256), { recursive: true });
  await expect(blobs.put(sha256, Buffer.from('cannot be renamed'))).rejects.toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual([sha256]);

  const names = ['old', 'new'].map((age) => [age, `${sha256}.${randomUUID()}`] as const);
  for (const [, name] of names) writeFileSync(path.join(folder, name), 'half a');
  const [[, old = ''] = [], [, young = ''] = []] = names;
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(path.join(folder, old), yesterday, yesterday);
  await blobs.deleteUnfinished(new Date(Date.now() - 3_600_000));
  expect(readdirSync(folder).sort()).toEqual([sha256, young]);
});

it('of several servers in one directory are written side by side', async () => {
  const shared = path.join(directory, 'shared');
  const servers = Array.from({ length: 4 }, (): Blobs => blobsOnDisk(shared));
  const bytes = Buffer.alloc(1_000_000, 'x');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await Promise.all(servers.map((blobs) => blobs.put(sha256, bytes)));
  for (const blobs of servers) expect(bytes.equals(await buffer(blobs.read(sha256)))).toBe(true);
  expect(readdirSync(path.join(shared, sha256.slice(0, 2)))).toEqual([sha256]);
}, 30_000);
