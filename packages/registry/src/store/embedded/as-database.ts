import type { PGlite } from '@electric-sql/pglite';
import type { Database, Queryable } from '../database';
import { openSession, type Session } from './session';

/** PGlite as what the server asks of a database: one after the other has its only session. */
export function asDatabase(engine: PGlite): Database {
  const session = openSession(engine);
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(act: () => Promise<T>): Promise<T> => {
    const result = last.then(() => session.tidy().then(act));
    last = result.catch(() => undefined);
    return result;
  };
  return {
    isShared: false,
    query: (sql, values) => alone(() => session.query(sql, values)),
    exec: (sql) => alone(async () => void (await session.exec(sql))),
    transaction: (work) => alone(() => inTransaction(session, work)),
    close: () => alone(() => engine.close()),
  };
}

async function inTransaction<T>(session: Session, work: (tx: Queryable) => Promise<T>): Promise<T> {
  session.begin();
  let isOver = false;
  const query: Queryable['query'] = (sql, values) => {
    if (isOver) throw new Error('a transaction that is over was asked');
    return session.query(sql, values);
  };
  try {
    const result = await work({ query });
    isOver = true;
    // Of a transaction in which a statement failed PostgreSQL answers without an error that it rolled it back.
    if ((await session.exec('commit')) === 'COMMIT') return result;
    throw new Error('the transaction was rolled back, because a statement of it failed');
  } catch (error) {
    isOver = true;
    await session.exec('rollback');
    throw error;
  }
}
