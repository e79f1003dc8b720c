import type { Queryable } from '../store';

/** A table as rows of it are read and written. */
export interface Table {
  /** As it stands in SQL. */
  readonly name: string;
  /** In SQL, all but those that the database computes. */
  readonly columns: string;
}

/** Those that say themselves what is in them, or that stand elsewhere in a backup. */
const others = ['migrations', 'secrets'];

/** All tables, each after those that it refers to; so new ones need not be told of here. */
export async function listTables(db: Queryable): Promise<readonly Table[]> {
  const tables = await db.query<Table>(
    `select c.oid::regclass::text as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0
      and not a.attisdropped and a.attgenerated = ''
    group by c.oid order by c.relname`,
  );
  const references = await db.query<{ readonly from: string; readonly to: string }>(
    `select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and conrelid <> confrelid`,
  );
  const wanted = tables.filter(({ name }) => !others.includes(name));
  const ordered: Table[] = [];
  const visit = (table: Table): void => {
    if (ordered.includes(table)) return;
    const needed = references.filter(({ from }) => from === table.name).map(({ to }) => to);
    wanted.filter(({ name }) => needed.includes(name)).forEach(visit);
    ordered.push(table);
  };
  wanted.forEach(visit);
  return ordered;
}

/** Every sequence that was ever used, and the last number that it gave. */
export async function listSequences(db: Queryable): Promise<Readonly<Record<string, number>>> {
  const rows = await db.query<{ readonly name: string; readonly last: number }>(
    `select quote_ident(sequencename) as name, last_value as last from pg_sequences
    where schemaname = 'public' and last_value is not null`,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}
