import { ecosystems } from '@forge/ecosystems';
import { seeded } from '../../../ecosystems/src/testing';
import { hostileSubjects } from '../../../ecosystems/src/testing/hostile/hostile-subjects';
import { startRegistry, type RunningRegistry } from '../server';

let registry: RunningRegistry;
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({ onError: (error) => errors.push(error) });
}, 60_000);
afterAll(() => registry.close());
afterEach(() => expect(errors).toEqual([]));

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

it('takes no more memory for it than the largest of them needs', () => {
  // Each bomb would take 80 MiB; some stand in one another, and the collector is in no hurry.
  expect(process.memoryUsage().rss).toBeLessThan(1200 * 1024 ** 2);
});
