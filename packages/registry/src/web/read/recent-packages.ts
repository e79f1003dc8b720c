import type { FoundNames, Queryable } from '../../store';

/** Packages by when their newest version arrived, the newest first. */
export async function recentPackages(
  db: Queryable,
  of: {
    readonly ecosystem: string | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<FoundNames> {
  const rows = await db.query<FoundNames['found'][number] & { readonly total: number }>(
    `select p.ecosystem, p.normalized_name as "normalizedName", count(*) over () as total
    from packages p join (select package_id, max(arrival) as arrival from versions v
      where state = 'published'
        and exists (select from files f where f.version_id = v.id and f.removed_at is null)
      group by package_id) newest on newest.package_id = p.id
    where $1::text is null or p.ecosystem = $1
    order by newest.arrival desc limit $2 offset $3`,
    [of.ecosystem ?? null, of.limit, of.offset],
  );
  const found = rows.map(({ ecosystem, normalizedName }) => ({ ecosystem, normalizedName }));
  return { found, total: rows[0]?.total ?? 0 };
}
