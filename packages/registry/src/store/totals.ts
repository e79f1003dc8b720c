import type { Queryable } from './database';

/** How much there is. */
export interface Totals {
  readonly packages: number;
  readonly versions: number;
  readonly files: number;
  readonly bytes: number;
  readonly ecosystems: Readonly<
    Record<string, { readonly packages: number; readonly versions: number }>
  >;
}

interface TotalsRow {
  readonly ecosystem: string;
  readonly packages: number;
  readonly versions: number;
  readonly files: number;
  readonly bytes: number;
}

export async function countAll(db: Queryable): Promise<Totals> {
  const rows = await db.query<TotalsRow>(
    `select p.ecosystem, count(distinct p.id)::int8 as packages, count(distinct v.id)::int8 as versions,
      count(f.id)::int8 as files, coalesce(sum(f.size), 0)::int8 as bytes
    from packages p join versions v on v.package_id = p.id
      join files f on f.version_id = v.id and f.removed_at is null
    where v.state = 'published' group by p.ecosystem order by p.ecosystem`,
  );
  const sum = (of: (row: TotalsRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const each = rows.map(({ ecosystem, packages, versions }) => [ecosystem, { packages, versions }]);
  return {
    packages: sum((row) => row.packages),
    versions: sum((row) => row.versions),
    files: sum((row) => row.files),
    bytes: sum((row) => row.bytes),
    ecosystems: Object.fromEntries(each) as Totals['ecosystems'],
  };
}

/** How many packages need this one, for more than their own development. */
export async function countDependents(
  db: Queryable,
  ecosystem: string,
  normalizedName: string,
): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `select count(*)::int8 as count from descriptions d join packages p on p.id = d.package_id
    where p.ecosystem = $1 and d.dependencies @> array[$2]`,
    [ecosystem, normalizedName],
  );
  return rows[0]?.count ?? 0;
}
