import type { Queryable } from './database';

/** One published version, as the management API tells it. */
export interface Arrival {
  /** Rises with every version that arrives, over all ecosystems, and is seen in this order; may have gaps. */
  readonly sequence: number;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly publishedAt: string;
  readonly yanked: boolean;
  /** True when all its files were taken back. */
  readonly removed: boolean;
  readonly files: readonly {
    readonly filename: string;
    readonly size: number;
    readonly sha256: string;
  }[];
}

interface ArrivalFilter {
  readonly ecosystem?: string | undefined;
  readonly name?: string | undefined;
  readonly after: number;
  readonly limit: number;
}

/** Published versions in the order in which they arrived. */
export async function listArrivals(
  db: Queryable,
  { ecosystem, name, after, limit }: ArrivalFilter,
): Promise<readonly Arrival[]> {
  const rows = await db.query<Omit<Arrival, 'publishedAt'> & { readonly publishedAt: Date }>(
    `select v.arrival as sequence, p.ecosystem, p.name, v.version, v.published_at as "publishedAt", v.yanked,
      not exists (select from files f where f.version_id = v.id and f.removed_at is null) as removed,
      (select json_agg(json_build_object('filename', f.filename, 'size', f.size, 'sha256', f.sha256)
        order by f.id) from files f where f.version_id = v.id) as files
    from versions v join packages p on p.id = v.package_id
    where v.state = 'published' and v.arrival > $3
      and ($1::text is null or p.ecosystem = $1) and ($2::text is null or p.name = $2)
    order by v.arrival limit $4`,
    [ecosystem ?? null, name ?? null, after, limit],
  );
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
}
