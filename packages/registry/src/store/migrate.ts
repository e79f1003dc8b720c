import type { Database } from './database';
import { migrations } from './migrations';

/** Brings the schema up to date, forward only: each migration in a transaction of its own, once. */
export async function migrate(db: Database): Promise<void> {
  await db.exec(
    'create table if not exists migrations (id text primary key, applied_at timestamptz not null default now())',
  );
  const rows = await db.query<{ id: string }>('select id from migrations');
  const applied = new Set(rows.map(({ id }) => id));
  for (const { id, statements } of migrations.filter((migration) => !applied.has(migration.id))) {
    await db.transaction(async (tx) => {
      for (const statement of statements) await tx.query(statement);
      await tx.query('insert into migrations (id) values ($1)', [id]);
    });
  }
}
