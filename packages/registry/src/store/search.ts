import type { Queryable } from './database';

/** A package that was found, by its address. */
export interface FoundName {
  readonly ecosystem: string;
  readonly normalizedName: string;
}

export interface FoundNames {
  readonly found: readonly FoundName[];
  /** Of all pages. */
  readonly total: number;
}

interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface SearchQuery extends Page {
  readonly text: string;
  /** Where to look, with the text as each of them spells names. */
  readonly spellings: readonly { readonly ecosystem: string; readonly name: string }[];
}

type Row = FoundName & { readonly total: number };

/** Packages of which something can be had. */
const present = `exists (select from versions v join files f on f.version_id = v.id
  where v.package_id = p.id and v.state = 'published' and f.removed_at is null)`;

const selected = `select p.ecosystem, p.normalized_name as "normalizedName", count(*) over () as total`;

/**
 * The name itself first, then names that begin so, then the words of name and summary, then keywords, then names that
 * hold it anywhere. Among equals what is fetched more comes first, then the name decides. No text at all finds everything.
 */
export async function searchPackages(
  db: Queryable,
  { text, spellings, limit, offset }: SearchQuery,
): Promise<FoundNames> {
  const rows = await db.query<Row>(
    `with asked as materialized (select websearch_to_tsquery('english', $2) as words, lower($2) as keyword)
    ${selected}
    from json_to_recordset($1::json) as s (ecosystem text, name text, pattern text)
    join packages p on p.ecosystem = s.ecosystem
    left join descriptions d on d.package_id = p.id
    left join lateral (select sum(count) as fetched from downloads join versions v on v.id = version_id
      where v.package_id = p.id) n on true,
    asked a, lateral (select case
      when p.normalized_name = s.name then 0
      when p.normalized_name like s.pattern || '%' then 1
      when d.words @@ a.words then 2
      when d.keywords @> array[a.keyword] then 3
      when p.normalized_name like '%' || s.pattern || '%' then 4 end as rank) r
    where r.rank is not null and ${present}
    order by r.rank, ts_rank(coalesce(d.words, ''), a.words) desc, n.fetched desc nulls last,
      p.normalized_name, p.ecosystem
    limit $3 offset $4`,
    [JSON.stringify(spellings.map(withPattern)), text.slice(0, 1000), limit, offset],
  );
  return toFound(rows);
}

/** Signs that `like` would take for others stand for themselves. */
function withPattern({ ecosystem, name }: SearchQuery['spellings'][number]) {
  return { ecosystem, name, pattern: name.replace(/[\\%_]/g, '\\$&') };
}

/** What was fetched most since a day. */
export async function trendingPackages(
  db: Queryable,
  {
    since,
    ecosystem,
    limit,
    offset,
  }: Page & { readonly since: Date; readonly ecosystem?: string | undefined },
): Promise<FoundNames> {
  const rows = await db.query<Row>(
    `${selected}
    from downloads d join versions v on v.id = d.version_id join packages p on p.id = v.package_id
    where d.day > ($1::timestamptz at time zone 'UTC')::date
      and ($2::text is null or p.ecosystem = $2) and ${present}
    group by p.id order by sum(d.count) desc, p.normalized_name, p.ecosystem limit $3 offset $4`,
    [since.toISOString(), ecosystem ?? null, limit, offset],
  );
  return toFound(rows);
}

/** What says of itself that it belongs to a category, or has it as a keyword; by name. */
export async function packagesIn(
  db: Queryable,
  {
    category,
    ecosystem,
    limit,
    offset,
  }: Page & { readonly category: string; readonly ecosystem?: string | undefined },
): Promise<FoundNames> {
  const rows = await db.query<Row>(
    `${selected}
    from descriptions d join packages p on p.id = d.package_id
    where (d.categories @> array[lower($1)] or d.keywords @> array[lower($1)])
      and ($2::text is null or p.ecosystem = $2) and ${present}
    order by p.normalized_name, p.ecosystem limit $3 offset $4`,
    [category, ecosystem ?? null, limit, offset],
  );
  return toFound(rows);
}

function toFound(rows: readonly Row[]): FoundNames {
  const found = rows.map(({ ecosystem, normalizedName }) => ({ ecosystem, normalizedName }));
  return { found, total: rows[0]?.total ?? 0 };
}
