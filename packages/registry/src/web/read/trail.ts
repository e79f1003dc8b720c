import type { Queryable, ToldAttempt } from '../../store';

/** Which attempts; what is absent does not matter. */
export interface TrailFilter {
  /** `ecosystem:name` or `ecosystem:name@version`. */
  readonly of?: string | undefined;
  readonly actor?: string | undefined;
  /** An id; those before it. */
  readonly before?: number | undefined;
  /** True where only what happened to published packages is told, which everybody may see of them anyway. */
  readonly publicOnly?: boolean;
  readonly limit: number;
}

/** Attempts, the newest first. */
export async function newestAttempts(
  db: Queryable,
  { of, actor, before, publicOnly = false, limit }: TrailFilter,
): Promise<readonly ToldAttempt[]> {
  return db.query<ToldAttempt>(
    `select id, at, actor, action, subject, detail from audit
    where ($1::text is null or subject = $1 or starts_with(subject, $1 || '@'))
      and ($2::text is null or actor = $2) and ($3::int8 is null or id < $3)
      and (not $4 or ${isPublic})
    order by id desc limit $5`,
    [of ?? null, actor ?? null, before ?? null, publicOnly, limit],
  );
}

const isPublic = `(action = 'publish' or action similar to '(version|owner|tag).%')`;
