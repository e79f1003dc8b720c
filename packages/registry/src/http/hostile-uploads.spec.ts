import { ecosystems } from '@forge/ecosystems';
import { seeded } from '../../../ecosystems/src/testing';
import { bombBytes } from '../../../ecosystems/src/testing/hostile/gzips';
import { hostileSubjects } from '../../../ecosystems/src/testing/hostile/hostile-subjects';
import { startRegistry, type RunningRegistry } from '../server';

let registry: RunningRegistry;
const errors: unknown[] = [];
/** To how many bytes archives were unpacked. */
const unpacked: number[] = [];
/** To how many bytes archives were unpacked that were still not at their end then. */
const stopped: number[] = [];
beforeAll(async () => {
  watch('gunzipSync');
  watch('inflateRawSync');
  registry = await startRegistry({ onError: (error) => errors.push(error) });
}, 60_000);
afterAll(async () => {
  await registry.close();
  jest.restoreAllMocks();
});
afterEach(() => expect(errors).toEqual([]));

/** Everything that unpacks goes through these two. */
function watch(name: 'gunzipSync' | 'inflateRawSync'): void {
  const zlib = require('node:zlib') as typeof import('node:zlib');
  const unpack = zlib[name];
  jest.spyOn(zlib, name).mockImplementation((bytes, options?) => {
    try {
      const content = unpack(bytes, options);
      unpacked.push(content.length);
      return content;
    } catch (error) {
      const isStopped = (error as { readonly code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
      if (isStopped) stopped.push(options?.maxOutputLength ?? Infinity);
      throw error;
    }
  });
}

/** Another seed makes others: `FORGE_SEED=7`. */
const seed = Number(process.env['FORGE_SEED'] ?? 20_261);

it('knows what each ecosystem has to refuse', () => {
  expect(hostileSubjects.map(([id]) => id)).toEqual(ecosystems.map(({ id }) => id));
});

describe.each(hostileSubjects)('%s', (id, make) => {
  const uploads = make(seeded(seed));
  const prefix = ecosystems.find((each) => each.id === id)?.prefix ?? '';

  it('has 200 and more', () => expect(uploads.length).toBeGreaterThanOrEqual(200));

  it('refuses each, clearly, and nothing is to be seen of it', async () => {
    const followed: string[] = [];
    for (const { what, request } of uploads) {
      const headers = { ...request.headers, authorization: registry.token };
      const { method, path, body } = request;
      const sent = { method, headers, body: Buffer.from(body) };
      const answer = await fetch(`${registry.url}${prefix}${path}`, sent);
      const said = await answer.text();
      const isRefused = answer.status >= 400 && answer.status < 500 && said.trim().length > 5;
      if (!isRefused)
        followed.push(`${what.slice(0, 100)}: ${answer.status} ${said.slice(0, 100)}`);
    }
    expect(followed).toEqual([]);
    const stats = await (await fetch(`${registry.url}/api/v1/stats`)).json();
    expect(stats).toMatchObject({ packages: 0, versions: 0, files: 0 });
  }, 60_000);
});

it('unpacked no bomb in full', () => {
  expect(unpacked.length).toBeGreaterThan(100);
  expect(stopped.length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...unpacked, ...stopped)).toBeLessThan(bombBytes);
});
