import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startToyRegistry, type ToyRegistry } from '../testing/client';

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

/** Sends a body whose length is not announced, and goes away before its end if it is told to. */
function stream(target: string, chunks: readonly string[], isCutOff = false): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${registry.url}/toy/publish/${target}`, {
      method: 'POST',
      headers: { authorization: registry.token, 'transfer-encoding': 'chunked' },
    });
    sent.on('response', (response) => resolve(response.resume().statusCode ?? 0));
    sent.on('error', (error) => (isCutOff ? resolve(0) : reject(error)));
    for (const chunk of chunks) sent.write(chunk);
    if (isCutOff) setTimeout(() => sent.destroy(), 50);
    else sent.end();
  });
}

it('refuses what grows too large on the way', async () => {
  const third = 'x'.repeat(megabyte);
  expect(await stream('grown/1.0.0/grown.bin', [third, third, third])).toBe(413);
  expect((await registry.get('/toy/packages/grown')).status).toBe(404);
});

it('gives memory back when somebody goes away in the middle, again and again', async () => {
  for (let i = 0; i < 5; i += 1)
    expect(await stream('gone/1.0.0/gone.bin', [bytesOf('gone')], true)).toBe(0);
  expect((await registry.publish('after/1.0.0/after.bin', bytesOf('after'))).status).toBe(201);
  expect((await registry.get('/toy/packages/gone')).status).toBe(404);
});
