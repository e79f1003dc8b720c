import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from './blobs';
import { blobsInMemory } from './in-memory';
import { blobsOnDisk } from './on-disk';
import { describeBlobs } from '../../testing/describe-blobs';

const directory = mkdtempSync(path.join(tmpdir(), 'forge-blobs-'));
afterAll(() => rmSync(directory, { recursive: true }));

describeBlobs('blobs in memory', () => blobsInMemory());
describeBlobs('blobs on disk', () => blobsOnDisk(path.join(directory, 'blobs')));

it('of several servers in one directory are written side by side', async () => {
  const shared = path.join(directory, 'shared');
  const servers = Array.from({ length: 4 }, (): Blobs => blobsOnDisk(shared));
  const bytes = Buffer.alloc(1_000_000, 'x');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await Promise.all(servers.map((blobs) => blobs.put(sha256, bytes)));
  for (const blobs of servers) expect(bytes.equals(await buffer(blobs.read(sha256)))).toBe(true);
  expect(readdirSync(path.join(shared, sha256.slice(0, 2)))).toEqual([sha256]);
}, 30_000);
