import type { Queryable } from './database';

/** Counts fetched files without a write for each: they are kept in memory and written together. */
export interface Downloads {
  /** A file, as it was asked for. */
  count(ecosystem: string, filename: string, normalizedName: string | undefined): void;
  /** Writes out what was counted. Whoever reads counts calls it before. */
  flush(now: Date): Promise<void>;
}

export function openDownloads(db: Queryable): Downloads {
  let counts = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();
  const write = async (counted: ReadonlyMap<string, number>, now: Date): Promise<void> => {
    if (counted.size === 0) return;
    const rows = [...counted].map(([key, count]) => {
      const [ecosystem, filename, name] = JSON.parse(key) as [string, string, string | null];
      return { ecosystem, filename, name, count };
    });
    await db.query(addCounts, [JSON.stringify(rows), now.toISOString()]);
  };
  return {
    count(ecosystem, filename, name) {
      const key = JSON.stringify([ecosystem, filename, name ?? null]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    flush(now) {
      const counted = counts;
      counts = new Map();
      // One that failed is told to whoever asked for it, and holds back no other.
      const written = writing.then(() => write(counted, now));
      writing = written.catch(() => undefined);
      return written;
    },
  };
}

const addCounts = `insert into downloads as d (version_id, day, count)
  select f.version_id, ($2::timestamptz at time zone 'UTC')::date, sum(c.count)
  from json_to_recordset($1::json) as c (ecosystem text, filename text, name text, count bigint),
    lateral (select f.version_id from files f join packages p on p.id = f.package_id
      where p.ecosystem = c.ecosystem and f.filename = c.filename
        and (c.name is null or p.normalized_name = c.name) order by p.id limit 1) f
  group by f.version_id
  on conflict (version_id, day) do update set count = d.count + excluded.count`;

/** Downloads of a package, or of everything, since days ago. */
export interface DownloadCounts {
  readonly total: number;
  readonly week: number;
  readonly month: number;
  readonly year: number;
}

export async function countDownloads(
  db: Queryable,
  of: { readonly ecosystem: string; readonly normalizedName: string } | undefined,
  now: Date,
): Promise<DownloadCounts> {
  const since = (days: number) =>
    `coalesce(sum(d.count) filter (where d.day > ($3::timestamptz at time zone 'UTC')::date - ${days}), 0)::int8`;
  const rows = await db.query<DownloadCounts>(
    `select coalesce(sum(d.count), 0)::int8 as total, ${since(7)} as week, ${since(30)} as month,
      ${since(365)} as year
    from downloads d join versions v on v.id = d.version_id join packages p on p.id = v.package_id
    where $1::text is null or (p.ecosystem = $1 and p.normalized_name = $2)`,
    [of?.ecosystem ?? null, of?.normalizedName ?? null, now.toISOString()],
  );
  return rows[0] ?? { total: 0, week: 0, month: 0, year: 0 };
}
