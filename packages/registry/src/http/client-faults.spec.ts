import { apiOf } from '../testing/api';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { clientFault } from './client-faults';

let registry: ToyRegistry;
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startToyRegistry({ onError: (error) => errors.push(error) });
  await registry.publish('lamp/1.0.0/lamp.bin', 'light');
}, 60_000);
afterAll(() => registry.close());

it.each([
  ['NUL', '\0'],
  ['half of a surrogate pair', '\ud800'],
])('%s in a text is a fault of who sends it, wherever it would be kept', async (_, text) => {
  const path = '/packages/toy/lamp/1.0.0/yank';
  const api = await apiOf(registry)(registry.token, 'PUT', path, { reason: `it is ${text}` });
  expect(api).toMatchObject({ status: 400, body: { code: expect.any(String) as string } });
  const change = { kind: 'yank', version: '1.0.0', notice: { message: `it is ${text}` } } as const;
  expect((await registry.change('lamp', [change])).status).toBe(422);
  const login = { username: `a${text}`, password: 'long enough for one' };
  expect((await apiOf(registry)(null, 'POST', '/auth/login', login)).status).toBeLessThan(500);
  expect(errors).toEqual([]);
});

it('another fault of the database is one of the server', () => {
  const message = 'invalid input syntax for type bigint: "x"';
  expect(clientFault({ code: '22P02', message })).toBeUndefined();
  expect(clientFault({ message: 'anything' })).toBeUndefined();
});
