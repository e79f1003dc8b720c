import type { Database, Queryable, Store } from '../store';
import { registeredBlobs } from '../store/blobs/registered';

/** A store that breaks down once, and how far it came. */
export interface BreakingStore extends Store {
  /** Steps that were begun: statements, writes of blobs, commits. */
  steps(): number;
}

/** A database whose transactions break down once, and how many statements they began. */
export interface BreakingDatabase {
  readonly db: Database;
  statements(): number;
}

/**
 * The same database; its transactions break at statement `n`, counted from 1: in the database itself, as a lost
 * constraint or a full disk would have it.
 */
export function breakingTransactions(whole: Database, n: number): BreakingDatabase {
  let statements = 0;
  const transaction: Database['transaction'] = (work) =>
    whole.transaction((tx) =>
      work({
        query: (sql, values) =>
          ++statements === n ? tx.query('select 1 / 0') : tx.query(sql, values),
      }),
    );
  return { db: { ...whole, transaction }, statements: () => statements };
}

/**
 * The same store, which breaks down at step `n`, counted from 1. A statement breaks in the database itself, as a full
 * disk would have it; a blob is not written, or is written and nobody is told; a transaction ends before its commit.
 */
export function breakingStore(store: Store, n: number): BreakingStore {
  let steps = 0;
  const breaksNow = () => ++steps === n;
  const breaking = (asked: Queryable): Queryable => ({
    query: (sql, values) => (breaksNow() ? asked.query('select 1 / 0') : asked.query(sql, values)),
  });
  const db: Database = {
    ...store.db,
    ...breaking(store.db),
    transaction: (work) =>
      store.db.transaction(async (tx) => {
        const result = await work(breaking(tx));
        if (breaksNow()) throw new Error('cut off before the commit');
        return result;
      }),
  };
  const blobs = registeredBlobs(db, {
    ...store.blobs,
    async put(sha256, bytes) {
      if (breaksNow()) throw new Error('the disk is full');
      await store.blobs.put(sha256, bytes);
      if (breaksNow()) throw new Error('the disk is away');
    },
  });
  return { ...store, db, blobs, steps: () => steps };
}
