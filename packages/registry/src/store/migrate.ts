import { ForgeError } from '@forge/ecosystems';
import type { Database, Queryable } from './database';
import { migrations, type Migration } from './migrations';

/** Any number will do, as long as every server takes the same one. */
const latch = 4_874_010;

/**
 * Brings the schema up to date, forward only, all of it or nothing. Servers that start at the same time wait for
 * each other. FORGE-R022 where a newer server was here: its rows may mean what this one does not know.
 */
export async function migrate(
  db: Database,
  wanted: readonly Migration[] = migrations,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [latch]);
    await tx.query(
      'create table if not exists migrations (id text primary key, applied_at timestamptz not null default now())',
    );
    const applied = await appliedMigrations(tx);
    refuseNewer(applied, migrations);
    for (const each of wanted) if (!applied.has(each.id)) await apply(tx, each);
  });
}

/** Steps that were made; where no registry was ever, none. */
export async function findSchema(db: Queryable): Promise<readonly string[]> {
  const [found] = await db.query<{ isThere: boolean }>(
    `select to_regclass('migrations') is not null as "isThere"`,
  );
  return found?.isThere ? [...(await appliedMigrations(db))].sort() : [];
}

async function appliedMigrations(tx: Queryable): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>('select id from migrations');
  return new Set(rows.map(({ id }) => id));
}

async function apply(tx: Queryable, { id, statements }: Migration): Promise<void> {
  for (const statement of statements) await tx.query(statement);
  await tx.query('insert into migrations (id) values ($1)', [id]);
}

/** FORGE-R022 for steps of the schema that are not known here. */
export function refuseNewer(applied: Iterable<string>, known: readonly Migration[]): void {
  const ids = new Set(known.map(({ id }) => id));
  const strange = [...applied].filter((id) => !ids.has(id));
  if (strange.length === 0) return;
  throw new ForgeError('FORGE-R022', {
    what: `the data have steps of a schema that this registry does not know: ${strange.join(', ')}`,
  });
}
