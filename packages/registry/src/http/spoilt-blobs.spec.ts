import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { headOf, sendRaw } from '../testing/raw-socket';

/** What is served of files whose bytes a disk has lost, wholly or in part. */
const data = mkdtempSync(path.join(tmpdir(), 'forge-spoilt-'));
const blobs = path.join(data, 'blobs');
let registry: ToyRegistry;
const errors: unknown[] = [];
const options = {
  data,
  wire: { bodyLimit: 1_000_000 },
  onError: (error: unknown) => errors.push(error),
};
const large = 400_000;

beforeAll(async () => {
  const first = await startToyRegistry(options);
  const spoil = async (name: string, size: number, change: (file: string) => void) => {
    const before = new Set(files());
    await first.publish(`${name}/1.0.0/${name}`, name.padEnd(size, 'x'));
    files().forEach((file) => before.has(file) || change(file));
  };
  const shorten = (file: string) => truncateSync(file, 30);
  await spoil('gone', 40, rmSync);
  await spoil('short', 40, shorten);
  await spoil('large-gone', large, rmSync);
  await spoil('large-empty', large, (file) => truncateSync(file, 0));
  await spoil('large-short', large, (file) => truncateSync(file, large - 1));
  await first.close();
  registry = await startToyRegistry(options);
}, 30_000);
afterAll(async () => {
  await registry.close();
  rmSync(data, { recursive: true });
});

function files(): string[] {
  if (!existsSync(blobs)) return [];
  return readdirSync(blobs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
}

const promising = ['cache-control', 'etag', 'accept-ranges', 'content-range', 'repr-digest'];

it.each(['gone', 'short', 'large-gone', 'large-empty'])(
  'of `%s` nothing, and no client keeps that for the file',
  async (name) => {
    for (const headers of [{}, { range: 'bytes=2-9' }]) {
      errors.length = 0;
      const answer = await registry.get(`/toy/files/${name}`, headers);
      expect([answer.status, await answer.json()]).toEqual([
        500,
        { error: 'the server failed; its log says more' },
      ]);
      expect(promising.filter((header) => answer.headers.has(header))).toEqual([]);
      expect(errors).toHaveLength(1);
    }
  },
);

it('of one that ends too soon the connection ends, so that nothing else is taken for the rest', async () => {
  const request = headOf('GET /toy/files/large-short');
  const { status, text, isClosed } = await sendRaw(registry.url, [request], { timeoutMs: 2000 });
  expect([status, isClosed]).toEqual([200, true]);
  expect(text).toMatch(new RegExp(`content-length: ${large}\r\n`, 'i'));
});
