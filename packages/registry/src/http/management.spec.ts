import type { RequestLogEntry } from './request-log';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { toyWire } from '../testing/toy-ecosystem';

let registry: ToyRegistry;
const log: RequestLogEntry[] = [];
const errors: unknown[] = [];
const broken = {
  kind: 'static',
  method: 'GET',
  path: '/broken',
  respond: () => {
    throw new Error('a bug in the wire');
  },
} as const;

beforeAll(async () => {
  registry = await startToyRegistry({
    wire: { routes: [...toyWire.routes, broken] },
    now: () => new Date('2026-01-01T00:00:00Z'),
    onRequest: (entry) => log.push(entry),
    onError: (error) => errors.push(error),
  });
  await registry.publish('beta/1.0.0/beta.bin', 'beta');
  await registry.publish('alpha/1.0.0/alpha.bin', 'alpha');
  await registry.publish('beta/0.9.0/beta-old.bin', 'old');
}, 30_000);
afterAll(() => registry.close());

interface Listing {
  readonly versions: readonly {
    readonly sequence: number;
    readonly name: string;
    readonly version: string;
  }[];
}

const json = async (path: string): Promise<unknown> => (await registry.get(path)).json();
const listing = async (path: string): Promise<Listing> => (await json(path)) as Listing;

it('says who it is', async () => {
  expect(await json('/api/v1')).toEqual({ name: 'forge-registry', version: expect.any(String) });
  expect(await json('/health')).toEqual({ status: 'ok' });
  expect(await json('/')).toMatchObject({
    ecosystems: [{ id: 'toy', title: 'Toy', prefix: '/toy' }],
  });
});

it('lists versions in the order in which they arrived', async () => {
  const { versions } = await listing('/api/v1/versions');
  expect(versions.map(({ name, version }) => `${name}@${version}`)).toEqual([
    'beta@1.0.0',
    'alpha@1.0.0',
    'beta@0.9.0',
  ]);
  expect(versions[1]).toEqual({
    sequence: expect.any(Number),
    ecosystem: 'toy',
    name: 'alpha',
    version: '1.0.0',
    publishedAt: '2026-01-01T00:00:00.000Z',
    yanked: false,
    removed: false,
    files: [
      {
        filename: 'alpha.bin',
        size: 5,
        sha256: '8ed3f6ad685b959ead7022518e1af76cd816f8e8ec7ccdda1ed4018e8f2223f8',
      },
    ],
  });
});

it('filters and pages the list', async () => {
  const names = async (query: string) =>
    (await listing(`/api/v1/versions?${query}`)).versions.map(({ version }) => version);
  expect(await names('name=beta')).toEqual(['1.0.0', '0.9.0']);
  expect(await names('ecosystem=other')).toEqual([]);
  expect(await names('limit=1')).toEqual(['1.0.0']);
  const [first] = (await listing('/api/v1/versions?limit=1')).versions;
  expect(await names(`after=${first?.sequence}`)).toEqual(['1.0.0', '0.9.0']);
  expect((await registry.get('/api/v1/versions?limit=0')).status).toBe(400);
});

it('logs every request, without query and without its token', async () => {
  log.length = 0;
  await registry.get(`/toy/config?secret=${registry.token}`);
  await registry.get(`/toy/user/token/${registry.token}`);
  await registry.get('/nowhere');
  const told = { at: '2026-01-01T00:00:00.000Z', id: expect.stringMatching(/^[0-9a-f-]{36}$/) };
  expect(log).toEqual([
    { ...told, method: 'GET', path: '/toy/config', status: 200, ms: expect.any(Number) },
    {
      ...told,
      method: 'GET',
      path: '/toy/user/token/<redacted>',
      status: 404,
      ms: expect.any(Number),
    },
    { ...told, method: 'GET', path: '/nowhere', status: 404, ms: expect.any(Number) },
  ]);
});

it('answers 500 without details when it fails itself, and reports the error', async () => {
  const response = await registry.get('/toy/broken');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('bug');
  expect(errors).toEqual([expect.objectContaining({ message: 'a bug in the wire' })]);
});

it('refuses a token that could be guessed or not be sent: FORGE-C001', async () => {
  for (const token of ['short', 'with spaces in the middle', '']) {
    await expect(startToyRegistry({ token })).rejects.toMatchObject({ code: 'FORGE-C001' });
    const users = { alice: token };
    await expect(startToyRegistry({ users })).rejects.toMatchObject({ code: 'FORGE-C001' });
  }
  const token = 'one_token_for_everybody';
  const users = { alice: token };
  await expect(startToyRegistry({ token, users })).rejects.toThrow('the same token');
  await expect(startToyRegistry({ users: { 'a:b': token } })).rejects.toThrow('is not a user name');
});
