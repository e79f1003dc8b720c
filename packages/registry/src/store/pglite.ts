import { PGlite, type PGliteInterface, type Transaction } from '@electric-sql/pglite';
import { createHash } from 'node:crypto';
import type { Database, Queryable } from './database';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { loadTemplate } from './template';

/** The embedded PostgreSQL, in a directory or, without one, in memory; from the template it has its schema already. */
export async function openPGlite(directory: string | undefined, fromTemplate: boolean) {
  const loadDataDir = fromTemplate ? await loadTemplate(schemaName(), makeTemplate) : undefined;
  const db = await PGlite.create({
    ...(directory === undefined ? {} : { dataDir: directory }),
    ...(loadDataDir === undefined ? {} : { loadDataDir }),
  });
  return asDatabase(db);
}

/** The same for the same statements only, whatever the steps are called. */
function schemaName(): string {
  return createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);
}

async function makeTemplate(): Promise<Blob> {
  const db = await PGlite.create();
  await migrate(asDatabase(db));
  // So that nothing has to be recovered from the log when it is opened.
  await db.exec('checkpoint');
  const template = await db.dumpDataDir('none');
  await db.close();
  return template;
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
