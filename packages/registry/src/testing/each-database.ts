import type { StoreOptions } from '../store';
import { postgresBinaries } from './postgres-binaries';
import { startPostgresCluster, type PostgresCluster } from './postgres-cluster';

/** Options of a store that is empty; `beforeAll` and tests may ask for as many as they like. */
export type EmptyStore = () => Promise<StoreOptions>;

/**
 * Runs a suite on the embedded database and on PostgreSQL. Where that is not installed its tests are skipped, by
 * name; in CI, where it can be, that is a failure.
 */
export function describeEachDatabase(suite: (empty: EmptyStore) => void): void {
  describe('on the embedded database', () => suite(async () => ({})));
  describeOnPostgres((database) => suite(async () => ({ database: await database() })));
}

/** The same on PostgreSQL alone; each call of `database` makes a new one. */
export function describeOnPostgres(suite: (database: () => Promise<string>) => void): void {
  const title = 'on PostgreSQL';
  const isThere = postgresBinaries() !== undefined;
  if (!isThere && !process.env['CI']) return describe.skip(`${title} (not installed)`, declare);
  return describe(title, declare);

  function declare(): void {
    let cluster: PostgresCluster;
    beforeAll(async () => {
      cluster = await startPostgresCluster();
    }, 60_000);
    afterAll(() => cluster.stop());
    suite(() => cluster.createDatabase());
  }
}
