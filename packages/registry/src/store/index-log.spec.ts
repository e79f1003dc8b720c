import type { LogFact } from '@forge/ecosystems';
import { openStore, type Store } from './open-store';

let store: Store;
beforeAll(async () => {
  store = await openStore();
}, 60_000);
afterAll(() => store.close());

const now = new Date('2026-01-02T03:04:05Z');
const fact = (path: string, content: string, isUsual = false): LogFact => {
  return { path, content: Buffer.from(content, 'latin1'), isUsual };
};
/** A change of a package, whatever it is. */
const touch = (ecosystem: string) =>
  store.db.query(
    `insert into packages as p (ecosystem, name, normalized_name) values ($1, 'a', 'a')
    on conflict (ecosystem, normalized_name) do update set revision = p.revision + 1`,
    [ecosystem],
  );
async function told(ecosystem: string, ...facts: readonly LogFact[]): Promise<readonly string[]> {
  const entries = await store.catalog.log(ecosystem, () => facts, now);
  return entries.map(({ path, content }) => `${path}: ${Buffer.from(content).toString('latin1')}`);
}

it('adds what is new or other behind what was told, and never takes it away', async () => {
  await touch('one');
  expect(await told('one', fact('a', '1'), fact('b', '\xff'))).toEqual(['a: 1', 'b: \xff']);
  await touch('one');
  expect(await told('one', fact('c', '3'), fact('a', '2'))).toEqual([
    'a: 1',
    'b: \xff',
    'c: 3',
    'a: 2',
  ]);
});

it('tells what is usual only where something else was told before', async () => {
  await touch('two');
  expect(await told('two', fact('a', 'any', true))).toEqual([]);
  await touch('two');
  expect(await told('two', fact('a', '<2'))).toEqual(['a: <2']);
  await touch('two');
  expect(await told('two', fact('a', 'any', true))).toEqual(['a: <2', 'a: any']);
});

it('says what was told, whatever became of it', async () => {
  await touch('five');
  await told('five', fact('a', '1'), fact('b', '2'));
  await touch('five');
  const paths: string[] = [];
  await store.catalog.log('five', (_, known) => (paths.push(...known), []), now);
  expect(paths.sort()).toEqual(['a', 'b']);
});

it('tells of others beside ours, of one path ours, and says nothing of them to ours', async () => {
  await touch('six');
  const paths: string[][] = [];
  const tell = async (state: string, ...facts: readonly LogFact[]) => {
    const own = (_: unknown, known: Iterable<string>) => {
      paths.push([...known]);
      return [fact('both', 'ours')];
    };
    const entries = await store.catalog.log('six', own, now, { facts, state });
    return entries.map(({ path, content }) => `${path}: ${Buffer.from(content).toString()}`);
  };
  const first = ['both: ours', 'b: 2'];
  expect(await tell('1', fact('both', 'theirs'), fact('b', '2'))).toEqual(first);
  expect(await tell('1', fact('b', '3'))).toEqual(first);
  expect(await tell('2', fact('c', '4'))).toEqual([...first, 'c: 4']);
  // What is not told any more is gone.
  expect(paths.map((each) => each.sort())).toEqual([[], ['b', 'both']]);
});

it('looks for news only after a change, and answers the same list until then', async () => {
  await touch('three');
  const entries = await store.catalog.log('three', () => [fact('a', '1')], now);
  expect(await store.catalog.log('three', () => [fact('a', '2')], now)).toBe(entries);
});

it('adds nothing twice where many ask at once', async () => {
  await touch('four');
  await Promise.all(Array.from({ length: 8 }, () => told('four', fact('a', '1'))));
  await touch('four');
  expect(await told('four', fact('a', '1'))).toEqual(['a: 1']);
});

it('cannot be changed by anybody', async () => {
  await expect(store.db.query(`update index_log set path = 'x'`)).rejects.toThrow('immutable');
  await expect(store.db.query('delete from index_log')).rejects.toThrow('immutable');
});
