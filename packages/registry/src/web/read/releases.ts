import type { Queryable } from '../../store';

/** A version as it arrived, and by whom. */
export interface ArrivedVersion {
  readonly arrival: number;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly yanked: boolean;
}

/** Versions that one user published shortly after each other, the newest first. */
export interface TogetherArrived {
  readonly by: string;
  readonly from: Date;
  readonly to: Date;
  readonly versions: readonly ArrivedVersion[];
}

const columns = `v.arrival, p.ecosystem, p.name, v.version, v.published_at as "publishedAt", v.yanked,
  (select u.uploaded_by from uploads u where u.version_id = v.id order by u.id limit 1) as "publishedBy"`;
const shown = `versions v join packages p on p.id = v.package_id where v.state = 'published'
  and exists (select from files f where f.version_id = v.id and f.removed_at is null)`;

/** Versions before an arrival, the newest first. */
export async function versionsBefore(
  db: Queryable,
  arrival: number | undefined,
  limit: number,
): Promise<readonly ArrivedVersion[]> {
  return db.query<ArrivedVersion>(
    `select ${columns} from ${shown} and ($1::int8 is null or v.arrival < $1)
    order by v.arrival desc limit $2`,
    [arrival ?? null, limit],
  );
}

/** Versions around one of them, the newest first. */
export async function versionsAround(
  db: Queryable,
  of: { readonly ecosystem: string; readonly name: string; readonly version: string },
  limit: number,
): Promise<readonly ArrivedVersion[]> {
  const self = `(select v.arrival from versions v join packages p on p.id = v.package_id
    where p.ecosystem = $1 and p.name = $2 and v.version = $3)`;
  const rows = await db.query<ArrivedVersion>(
    `(select ${columns} from ${shown} and v.arrival >= ${self} order by v.arrival limit $4)
    union all
    (select ${columns} from ${shown} and v.arrival < ${self} order by v.arrival desc limit $4)`,
    [of.ecosystem, of.name, of.version, limit],
  );
  return [...rows].sort((a, b) => b.arrival - a.arrival);
}

/** Uploads of one release follow each other; builds between them may take minutes. */
const pauseMs = 10 * 60_000;

/** Versions, the newest first, put together as they came. Another user's in between part nothing. */
export function groupReleases(versions: readonly ArrivedVersion[]): readonly TogetherArrived[] {
  const groups: ArrivedVersion[][] = [];
  for (const each of versions) {
    const group = groups.find(([first]) => first?.publishedBy === each.publishedBy);
    const last = group?.at(-1);
    const isSame = last && last.publishedAt.getTime() - each.publishedAt.getTime() <= pauseMs;
    if (isSame) group?.push(each);
    else groups.unshift([each]);
  }
  return groups.map(toRelease).sort((a, b) => newest(b) - newest(a));
}

function toRelease(versions: readonly ArrivedVersion[]): TogetherArrived {
  const [first, last] = [versions[0], versions.at(-1)];
  if (!first || !last) throw new Error('a release without versions is none');
  return { by: first.publishedBy, from: last.publishedAt, to: first.publishedAt, versions };
}

function newest({ versions }: TogetherArrived): number {
  return versions[0]?.arrival ?? 0;
}
