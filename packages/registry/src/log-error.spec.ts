import { inspect } from 'node:util';
import { logError } from './log-error';
import { openStore } from './store';

let told = '';
beforeEach(() => {
  told = '';
  jest.spyOn(console, 'error').mockImplementation((text) => {
    told += String(text);
  });
});
afterEach(() => jest.restoreAllMocks());

it('tells nothing of the row that a database did not take', async () => {
  const store = await openStore();
  const insert =
    'insert into tokens (sha256, username, ha1, created_at) values ($1, null, $2::json, now())';
  const error: unknown = await store.db
    .query(insert, ['hash-of-a-token', '{ "realm": "ha1-of-a-token" }'])
    .catch((thrown: unknown) => thrown);
  await store.close();
  expect(inspect(error)).toContain('of-a-token');
  logError(error);
  expect(told).toContain('violates not-null constraint');
  expect(told).toContain('(23502)');
  expect(told).not.toContain('of-a-token');
}, 30_000);

it('tells what caused a fault, and whatever was thrown', () => {
  logError(new Error('outer', { cause: new AggregateError([new Error('inner')], 'all') }));
  for (const each of ['outer', 'caused by', 'all', 'inner']) expect(told).toContain(each);
  logError('a text');
  expect(told).toContain('a text');
});
