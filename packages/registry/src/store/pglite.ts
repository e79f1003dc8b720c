import { PGlite, type PGliteInterface, type Transaction } from '@electric-sql/pglite';
import type { Database, Queryable } from './database';
import { loadTemplate } from './template';

/** The embedded PostgreSQL, in a directory or, without one, in memory. */
export async function openPGlite(directory: string | undefined, isFresh: boolean) {
  const loadDataDir = isFresh ? await loadTemplate() : undefined;
  const db = await PGlite.create({
    ...(directory === undefined ? {} : { dataDir: directory }),
    ...(loadDataDir === undefined ? {} : { loadDataDir }),
  });
  return asDatabase(db);
}

function asDatabase(db: PGliteInterface): Database {
  return {
    ...asQueryable(db),
    isShared: false,
    exec: async (sql) => {
      await db.exec(sql);
    },
    transaction: (work) => db.transaction((tx) => work(asQueryable(tx))),
    close: () => db.close(),
  };
}

function asQueryable(db: PGliteInterface | Transaction): Queryable {
  return {
    query: async <Row>(sql: string, values: readonly (string | number | boolean | null)[] = []) =>
      (await db.query<Row>(sql, [...values])).rows,
  };
}
