import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRegistry, type RunningRegistry } from '../server';
import { headOf, sendRaw } from '../testing/raw-socket';
import { uploadTargets } from '../testing/upload-targets';

/** Who opens connections and says nearly nothing on them is not waited for. */
const patience = { head: 1000, request: 2000 };
const data = mkdtempSync(path.join(tmpdir(), 'forge-slow-'));
let registry: RunningRegistry;
let isOver = false;
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({ data, patience, onError: (error) => errors.push(error) });
}, 60_000);
afterAll(async () => {
  isOver = true;
  await registry.close();
  rmSync(data, { recursive: true });
});

/** One more piece, again and again, for longer than anybody waits, though not after a test that fails. */
async function* endlessly(head: string, piece: string | Buffer) {
  yield head;
  for (let n = 0; n < 500 && !isOver; n += 1) {
    await sleep(20);
    yield piece;
  }
}

const chunk = Buffer.from(`1000\r\n${'x'.repeat(0x1000)}\r\n`);
const many = 20;

it('heads and bodies without end are ended, many at a time, while others are answered', async () => {
  const untilClosed = true;
  const slow = uploadTargets.flatMap(([id, { line, headers }]) => {
    const all = ['Transfer-Encoding: chunked', `Authorization: ${registry.token}`, ...headers];
    const head = headOf(line, all);
    return [endlessly(head.slice(0, -2), 'X: y\r\n'), endlessly(head, chunk)].map(
      async (pieces) => ({ id, ...(await sendRaw(registry.url, pieces, { untilClosed })) }),
    );
  });
  const silent = Array.from({ length: many }, () => sendRaw(registry.url, ['GE'], { untilClosed }));
  expect((await fetch(`${registry.url}/health`)).status).toBe(200);
  const ended = await Promise.all([...slow, ...silent]);
  expect(ended.every(({ isClosed }) => isClosed)).toBe(true);
  // What may be small only grows too large first, where the machine is quick enough.
  expect(ended.filter(({ status }) => status !== 408 && status !== 413)).toEqual([]);
  expect((await fetch(`${registry.url}/health`)).status).toBe(200);
  expect(errors).toEqual([]);
  expect(readdirSync(data).sort()).toEqual(['keys', 'lock', 'pg']);
}, 20_000);
