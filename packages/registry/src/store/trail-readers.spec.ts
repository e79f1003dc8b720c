import { newestAttempts } from '../web/read/trail';
import type { Queryable, SqlValue } from './database';
import { openStore, type Store } from './open-store';
import { listAudit } from './trail-readers';

let store: Store;
beforeAll(async () => {
  store = await openStore();
  await store.db.query(
    `insert into audit (at, actor, action, subject, detail)
    select now(), 'alice', 'publish', 'npm:@acme/p' || n % 500 || '@1.' || n, '{}'
    from generate_series(1, 20000) n`,
    [],
  );
  await store.db.query('analyze audit', []);
}, 60_000);
afterAll(() => store.close());

/** The plan that the database makes for a query. */
async function planOf(ask: (db: Queryable) => Promise<unknown>): Promise<string> {
  let plan = '';
  const query = async (sql: string, values: readonly SqlValue[]) => {
    const rows = await store.db.query<Record<string, string>>(`explain ${sql}`, values);
    plan = rows.flatMap((row) => Object.values(row)).join('\n');
    return [];
  };
  await ask({ query: query as Queryable['query'] });
  return plan;
}

it.each([
  ['of the API', (db: Queryable, of: string) => listAudit(db, { of, after: 0, limit: 50 })],
  ['of the pages', (db: Queryable, of: string) => newestAttempts(db, { of, limit: 50 })],
])(
  'the trail %s finds a package with all its versions, and no other, by an index',
  async (_, list) => {
    const found = await list(store.db, 'npm:@acme/p7');
    expect(found).toHaveLength(40);
    expect(found.every(({ subject }) => subject.startsWith('npm:@acme/p7@'))).toBe(true);
    expect(await planOf((db) => list(db, 'npm:@acme/p7'))).toContain('audit_by_subject');
  },
);
