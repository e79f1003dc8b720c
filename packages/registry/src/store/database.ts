/** A value that goes into a query. JSON goes in as text, with a cast in the statement. */
export type SqlValue = string | number | boolean | null;

export interface Queryable {
  /** Rows as plain objects; the caller names their shape, which the statement must give. */
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
}

/**
 * The one thing the server asks of PostgreSQL, so that the embedded and a real one are interchangeable.
 * Statements keep to PostgreSQL 15.
 */
export interface Database extends Queryable {
  /** True where other processes may write to it as well: what was read may be old a moment later. */
  readonly isShared: boolean;
  /** Several statements without values. */
  exec(sql: string): Promise<void>;
  /**
   * All or nothing. Inside, only `tx` may be asked: PGlite has one connection, and a query of the
   * database itself would wait for the transaction forever. No other I/O may be awaited inside.
   * `work` runs anew where the database gave it up for the sake of another transaction.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
