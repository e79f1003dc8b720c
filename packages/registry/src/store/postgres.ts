import { ForgeError } from '@forge/ecosystems';
import type { ClientConfig, Pool, PoolClient } from 'pg';
import type { Database, Queryable, SqlValue } from './database';

/** Connections of one server. PostgreSQL allows 100 in all unless told otherwise, and servers share them. */
const connections = 10;
const connectWithinMs = 10_000;

/**
 * A PostgreSQL server, by URL; what the URL does not say comes from `PGPASSWORD`, `~/.pgpass` and the like.
 * FORGE-R020 where it does not answer, FORGE-R021 where it cannot hold a registry.
 */
export async function openPostgres(url: string): Promise<Database> {
  const { Client, Pool: PoolOfServer } = require('pg') as typeof import('pg');
  // Of the pool the same option would also cut short who waits for a connection while many publish.
  class PunctualClient extends Client {
    constructor(config?: string | ClientConfig) {
      super({ ...(config as ClientConfig), connectionTimeoutMillis: connectWithinMs });
    }
  }
  const pool = new PoolOfServer({
    connectionString: url,
    Client: PunctualClient,
    max: connections,
    application_name: 'forge-registry',
    types: { getTypeParser },
  });
  // A connection that breaks while nobody uses it: the pool has dropped it, and the next query opens another.
  pool.on('error', () => undefined);
  try {
    await checkServer(asQueryable(pool));
  } catch (error) {
    await pool.end();
    throw error instanceof ForgeError ? error : unreachable(url, error);
  }
  return asDatabase(pool);
}

const int8 = 20;

/** Ids and sizes are numbers here and in PGlite; pg gives 64 bits as text. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  const { types } = require('pg') as typeof import('pg');
  if (oid === int8) return Number;
  return types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}

async function checkServer(db: Queryable): Promise<void> {
  const [found] = await db.query<{ version: string; number: string; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
      current_setting('server_version_num') as number`,
  );
  if (Number(found?.number) < 150_000) throw unfit(`is PostgreSQL ${found?.version}`);
  if (found?.encoding !== 'UTF8') throw unfit(`has the encoding ${found?.encoding}`);
}

function unfit(what: string): ForgeError {
  return new ForgeError('FORGE-R021', { what: `the database ${what}` });
}

/** The address without what a password could stand in. */
function unreachable(url: string, error: unknown): ForgeError {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: '', pathname: '' };
  const { message, code } = error as NodeJS.ErrnoException;
  const why = message || (code ?? 'no reason given');
  return new ForgeError('FORGE-R020', {
    what: `the database \`${host}${pathname}\` does not let us in: ${why}`,
  });
}

function asDatabase(pool: Pool): Database {
  const names = statementNames();
  return {
    ...asQueryable(pool, names),
    isShared: true,
    exec: async (sql) => {
      await pool.query(sql);
    },
    transaction: (work) => untilSettled(() => inTransaction(pool, names, work)),
    close: () => pool.end(),
  };
}

type NameOf = (sql: string) => string | undefined;

/** Statements are constants of the code, but for few that are put together; more than these are not prepared. */
const mostPrepared = 400;

/** A statement with a name is parsed and planned once by each connection. */
function statementNames(): NameOf {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= mostPrepared) return known;
    names.set(sql, `s${names.size}`);
    return names.get(sql);
  };
}

function asQueryable(client: Pool | PoolClient, nameOf?: NameOf): Queryable {
  return {
    async query<Row>(sql: string, values: readonly SqlValue[] = []) {
      // Without values it is mostly a change of the schema, which happens once.
      const name = values.length > 0 ? nameOf?.(sql) : undefined;
      const asked = { text: sql, values: [...values], ...(name === undefined ? {} : { name }) };
      return (await client.query(asked)).rows as readonly Row[];
    },
  };
}

async function inTransaction<T>(
  pool: Pool,
  nameOf: NameOf,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Without a listener the end of this connection would end the process; the query that waits for it fails, too.
  const onError = (error: Error) => (broken = error);
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(asQueryable(client, nameOf));
    const { command } = await client.query('commit');
    // Of a transaction in which a statement failed PostgreSQL answers without an error that it rolled it back.
    if (command === 'COMMIT') return result;
    throw new Error('the transaction was rolled back, because a statement of it failed');
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

const attempts = 5;
/** `serialization_failure` and `deadlock_detected`: nothing was done, and another attempt may succeed. */
const transient: ReadonlySet<unknown> = new Set(['40001', '40P01']);

async function untilSettled<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = attempts - 1; left > 0; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!transient.has((error as { readonly code?: unknown }).code)) throw error;
    }
  }
  return attempt();
}
