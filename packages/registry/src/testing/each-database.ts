import type { StoreOptions } from '../store';
import { postgresBinaries } from './postgres-binaries';
import { joinSharedPostgres, type SharedPostgres } from './shared-postgres';

/** Options of a store that is empty; `beforeAll` and tests may ask for as many as they like. */
export type EmptyStore = () => Promise<StoreOptions>;

/**
 * Runs a suite on the embedded database and on PostgreSQL. Where that is not installed its tests are skipped, by
 * name; in CI, where it can be, that is a failure.
 */
export function describeEachDatabase(suite: (empty: EmptyStore) => void): void {
  describe('on the embedded database', () => suite(async () => ({})));
  describeWithPostgres((postgres) =>
    suite(async () => ({ database: await postgres().createStore() })),
  );
}

/** The same on PostgreSQL alone; each call of `database` makes a new one, in which there is nothing yet. */
export function describeOnPostgres(suite: (database: () => Promise<string>) => void): void {
  describeWithPostgres((postgres) => suite(() => postgres().createDatabase()));
}

function describeWithPostgres(suite: (postgres: () => SharedPostgres) => void): void {
  const title = 'on PostgreSQL';
  const isThere = postgresBinaries() !== undefined;
  if (!isThere && !process.env['CI']) return describe.skip(`${title} (not installed)`, declare);
  return describe(title, declare);

  function declare(): void {
    let postgres: SharedPostgres;
    beforeAll(async () => {
      postgres = await joinSharedPostgres();
    }, 60_000);
    suite(() => postgres);
    // After those of the suite, which may have a server on it: they run in the order in which they stand.
    afterAll(() => postgres.stop());
  }
}
