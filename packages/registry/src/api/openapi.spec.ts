import { apiOf } from '../testing/api';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { openApiOf } from './openapi';
import { apiRoutes } from './routes';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
  }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: { readonly required: boolean };
  readonly security: readonly object[];
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const document = openApiOf(apiRoutes, { version: '1.0.0', base: '/api/v1' }) as unknown as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

it('has every route of the table, each under a name of its own', () => {
  expect(operations).toHaveLength(apiRoutes.length);
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('names every parameter of a path, and no other', () => {
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const named = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    expect([path, named.sort()]).toEqual([path, inPath.sort()]);
  }
});

it('says what every operation is for, and what it answers', () => {
  for (const { operation } of operations) {
    expect(operation.summary).toMatch(/^[A-Z].{10,120}$/);
    expect(Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status))).toBe(true);
    expect(operation.responses['default']).toBeDefined();
  }
});

it('has JSON Schema for what is sent and answered', () => {
  const search = document.paths['/search']?.['get'];
  expect(search?.parameters).toContainEqual({
    name: 'limit',
    in: 'query',
    required: false,
    schema: { default: 20, type: 'integer', minimum: 1, maximum: 100 },
  });
  const drafts = document.paths['/packages/{ecosystem}/{name}/drafts']?.['post'];
  expect(drafts).toMatchObject({
    security: [{ token: [] }],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { required: ['version'] } } },
    },
    responses: { 201: { content: { 'application/json': { schema: { type: 'object' } } } } },
  });
  expect(document.paths['/packages/{ecosystem}/{name}/{version}/yank']?.['put']).toMatchObject({
    requestBody: { required: false },
    responses: { 204: { description: 'done' } },
  });
});

describe('on a server', () => {
  let registry: ToyRegistry;
  beforeAll(async () => {
    registry = await startToyRegistry();
  }, 30_000);
  afterAll(() => registry.close());

  it('is served to everybody', async () => {
    expect(await apiOf(registry)(null, 'GET', '/openapi.json')).toMatchObject({
      status: 200,
      body: { openapi: '3.1.0', servers: [{ url: '/api/v1' }] },
    });
  });

  it('is the whole of the API: all else is not there', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['POST', '/search'],
      ['PATCH', '/packages/toy/x'],
      ['GET', '/packages/toy/x%'],
    ] as const) {
      const { status, body } = await apiOf(registry)(registry.token, method, path);
      expect([path, status]).toEqual([path, path.endsWith('%') ? 400 : 404]);
      expect(body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    }
  });
});
