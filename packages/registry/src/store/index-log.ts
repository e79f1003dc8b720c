import type { LogFact, StoredPackage, WireLog } from '@forge/ecosystems';
import type { Database, Queryable } from './database';
import { listPackages } from './packages';

type Entries = WireLog['entries'];
type ReadFacts = (packages: readonly StoredPackage[], told: Iterable<string>) => readonly LogFact[];

/** What is told beside our own packages. */
export interface OtherFacts {
  readonly facts: readonly LogFact[];
  /** Another one whenever they have changed. */
  readonly state: string;
}

/** Brings the log of an ecosystem up to what `facts` and `others` tell now, and answers all of it. */
export type IndexLog = (
  ecosystem: string,
  facts: ReadFacts,
  now: Date,
  others?: OtherFacts,
) => Promise<Entries>;

interface Kept {
  /** Rises with every change of a package. */
  readonly state: string;
  readonly lastId: number;
  readonly entries: Entries;
}

/**
 * What is new is put behind the log when somebody asks, one at a time: so the order is that in which versions could
 * first be seen, whichever transaction or server published them, and nothing that was told ever moves.
 */
export function openIndexLog(db: Database): IndexLog {
  const kept = new Map<string, Kept>();
  return async (ecosystem, facts, now, others) => {
    const before = kept.get(ecosystem);
    const state = `${await stateOf(db, ecosystem)} ${others?.state ?? ''}`;
    if (before?.state === state) return before.entries;
    const all = others ? besides(others.facts, facts) : facts;
    await db.transaction((tx) => grow(tx, ecosystem, all, now));
    const current = { ...(await readOn(db, ecosystem, before ?? nothing)), state };
    kept.set(ecosystem, current);
    return current.entries;
  };
}

/** Of one path ours is told. To ours it is not said that others were told of: they would seem to be gone. */
function besides(others: readonly LogFact[], facts: ReadFacts): ReadFacts {
  const theirs = new Map(others.map((fact) => [fact.path, fact]));
  return (packages, told) => {
    const own = facts(
      packages,
      [...told].filter((path) => !theirs.has(path)),
    );
    return [...new Map([...theirs, ...own.map((fact) => [fact.path, fact] as const)]).values()];
  };
}

const nothing = { lastId: 0, entries: [] };

interface LogRow {
  readonly id: number;
  readonly path: string;
  readonly content: string;
  readonly at: Date;
}

async function readOn(
  db: Queryable,
  ecosystem: string,
  { lastId, entries }: Pick<Kept, 'lastId' | 'entries'>,
): Promise<Pick<Kept, 'lastId' | 'entries'>> {
  const rows = await db.query<LogRow>(
    `select id, path, content, at from index_log where ecosystem = $1 and id > $2::bigint order by id`,
    [ecosystem, lastId],
  );
  const added = rows.map(({ path, content, at }) => {
    return { path, content: Buffer.from(content, 'base64'), at: at.toISOString() };
  });
  if (added.length === 0) return { lastId, entries };
  return { lastId: rows.at(-1)?.id ?? lastId, entries: [...entries, ...added] };
}

/** Another one after every change of a package of the ecosystem. */
export async function stateOf(db: Queryable, ecosystem: string): Promise<string> {
  const rows = await db.query<{ state: string }>(
    `select count(*) || ':' || coalesce(sum(revision), 0) as state from packages where ecosystem = $1`,
    [ecosystem],
  );
  return rows[0]?.state ?? '';
}

async function grow(tx: Queryable, ecosystem: string, facts: ReadFacts, now: Date): Promise<void> {
  await tx.query('lock table index_log in exclusive mode');
  const told = await latest(tx, ecosystem);
  const fresh = facts(await listPackages(tx, ecosystem), told.keys())
    .filter(({ path, isUsual = false }) => told.has(path) || !isUsual)
    .map(({ path, content }) => ({ path, content: Buffer.from(content).toString('base64') }))
    .filter(({ path, content }) => told.get(path) !== content);
  if (fresh.length === 0) return;
  await tx.query(
    `insert into index_log (ecosystem, path, content, at)
    select $1, path, content, $3::timestamptz
    from rows from (json_to_recordset($2::json) as (path text, content text))
      with ordinality as fresh (path, content, place)
    order by place`,
    [ecosystem, JSON.stringify(fresh), now.toISOString()],
  );
}

async function latest(tx: Queryable, ecosystem: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ path: string; content: string }>(
    `select distinct on (path) path, content from index_log where ecosystem = $1
    order by path, id desc`,
    [ecosystem],
  );
  return new Map(rows.map(({ path, content }) => [path, content]));
}
