import fastify from 'fastify';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import * as byteBudgets from './byte-budget';
import { takeBodies } from './take-bodies';

const megabyte = 1_000_000;
const data = mkdtempSync(path.join(tmpdir(), 'forge-registry-'));
const errors: unknown[] = [];
let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({
    data,
    wire: { bodyLimit: 2 * megabyte },
    uploadMemory: 3 * megabyte,
    onError: (error) => errors.push(error),
  });
}, 60_000);
afterAll(async () => {
  await registry.close();
  rmSync(data, { recursive: true });
});
afterEach(() => expect(errors).toEqual([]));

const bytesOf = (name: string) => Buffer.alloc(1.5 * megabyte, name).toString();

it('takes more at a time than there is memory for, each whole, and leaves no file behind', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `large${i}`);
  const answers = await Promise.all(
    names.map((name) => registry.publish(`${name}/1.0.0/${name}.bin`, bytesOf(name))),
  );
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  for (const name of names) {
    const text = await (await registry.get(`/toy/files/${name}.bin`)).text();
    expect(text === bytesOf(name)).toBe(true);
  }
  expect(readdirSync(data).sort()).toEqual(['blobs', 'keys', 'lock', 'pg']);
}, 60_000);

/** Sends a body whose length is not announced. */
function stream(target: string, chunks: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${registry.url}/toy/publish/${target}`, {
      method: 'POST',
      headers: { authorization: registry.token, 'transfer-encoding': 'chunked' },
    });
    sent.on('response', (response) => resolve(response.resume().statusCode ?? 0));
    sent.on('error', reject);
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
  });
}

it('refuses what grows too large on the way', async () => {
  const third = 'x'.repeat(megabyte);
  expect(await stream('grown/1.0.0/grown.bin', [third, third, third])).toBe(413);
  expect((await registry.get('/toy/packages/grown')).status).toBe(404);
});

it('gives memory back that somebody waits for who goes away', async () => {
  const app = fastify({ forceCloseConnections: true });
  const budget = byteBudgets.byteBudget(megabyte);
  const take = jest.spyOn(budget, 'take');
  jest.spyOn(byteBudgets, 'byteBudget').mockReturnValueOnce(budget);
  takeBodies(app, { directory: data, memory: megabyte });
  const held = gate();
  const isHeld = gate();
  app.post('/hold', async () => {
    isHeld.open();
    await held.isOpen;
    return 'held';
  });
  app.post('/', async ({ body }) => String((body as Buffer).byteLength));
  const url = await app.listen({ port: 0 });
  const body = 'x'.repeat(megabyte);
  const send = async (path: string) => {
    const signal = AbortSignal.timeout(20_000);
    return (await fetch(url + path, { method: 'POST', body, signal })).text();
  };
  const holding = send('/hold');
  await isHeld.isOpen;
  const connected = once(app.server, 'connection') as Promise<[Socket]>;
  const waiting = request(url, { method: 'POST', agent: false }).on('error', () => undefined);
  waiting.end(body);
  const [socket] = await connected;
  while (take.mock.calls.length < 2) await new Promise(setImmediate);
  waiting.destroy();
  await once(socket, 'close');
  const after = send('/');
  held.open();
  const answers = await Promise.allSettled([holding, after]);
  await app.close();
  expect(answers).toMatchObject([{ value: 'held' }, { value: String(megabyte) }]);
}, 30_000);

function gate() {
  let open = (): void => undefined;
  const isOpen = new Promise<void>((resolve) => (open = resolve));
  return { isOpen, open };
}
