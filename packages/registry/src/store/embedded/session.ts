import type { messages, PGlite } from '@electric-sql/pglite';
import type { Queryable, SqlValue } from '../database';

/** The one connection of the embedded PostgreSQL. Who uses it sees to it that nobody else does meanwhile. */
export interface Session extends Queryable {
  /** Statements without values. Answers what the last one of them did: `COMMIT`. */
  exec(sql: string): Promise<string | undefined>;
  /** Begins a transaction, with whatever is asked next: so it costs no call of its own. */
  begin(): void;
  /** To be called now and then, outside of transactions. */
  tidy(): Promise<void>;
}

interface Prepared {
  readonly name: string;
  readonly columns: readonly Column[];
}

type Column = Pick<messages.Field, 'name' | 'dataTypeID'>;

/** Statements are constants of the code, but for few that are put together; more than these are forgotten. */
const mostPrepared = 400;

/**
 * Queries and transactions between two checkpoints. Alone, PostgreSQL 18 makes one at its end only: until then its log
 * grows, in memory as well, and all of it is read again after a crash. This many publishes write some 40 MB.
 */
const usesPerCheckpoint = 5000;

/**
 * Each statement is prepared once and then executed by one call into PostgreSQL. `query` of PGlite 0.5 makes six of
 * them and has every statement parsed and planned anew, which takes two thirds of its time.
 */
export function openSession(engine: PGlite, checkpointAfter = usesPerCheckpoint): Session {
  const { serialize } = (require('@electric-sql/pglite') as typeof import('@electric-sql/pglite'))
    .protocol;
  const prepared = new Map<string, Prepared>();
  const plans = agingPlans();
  let names = 0;
  let uses = 0;

  let ahead: Uint8Array[] = [];
  const send = (...parts: readonly Uint8Array[]) => {
    const message = Buffer.concat([...ahead, ...parts, serialize.sync()]);
    ahead = [];
    // What is written is in files already: there is nothing to sync to.
    return engine.runExclusive(() => engine.execProtocolStream(message, { syncToFs: false }));
  };
  const run = (name: string, values: readonly SqlValue[]) => [
    serialize.bind({ statement: name, values: values.map(toText) }),
    serialize.execute(),
  ];

  const prepare = async (sql: string, values: readonly SqlValue[]) => {
    const name = `s${(names += 1)}`;
    const parsed = serialize.parse({ name, text: sql });
    const described = serialize.describe({ type: 'S', name });
    const answers = await send(parsed, described, ...run(name, values));
    const columns = columnsOf(answers);
    prepared.set(sql, { name, columns });
    return { answers, columns };
  };

  return {
    async query<Row>(sql: string, values: readonly SqlValue[] = []) {
      const known = prepared.get(sql);
      const { answers, columns } = known
        ? { answers: await send(...run(known.name, values)), columns: known.columns }
        : await prepare(sql, values);
      return toRows<Row>(answers, columns, engine.parsers);
    },
    async exec(sql) {
      const done = (await send(serialize.query(sql))).filter(isDone).at(-1);
      return done?.text;
    },
    begin() {
      ahead = [serialize.query('begin')];
    },
    async tidy() {
      uses += 1;
      if (uses % checkpointAfter === 0) await send(serialize.query('checkpoint'));
      if (plans.areOld()) await send(serialize.query('discard plans'));
      if (names < mostPrepared) return;
      prepared.clear();
      names = 0;
      await send(serialize.query('deallocate all'));
    },
  };
}

/**
 * What a plan was made for changes as tables grow, and nobody gathers statistics here, which would have it made anew.
 * So all are made anew after 100 uses, 200, 400 and so on, and then after each 50,000.
 */
function agingPlans() {
  let uses = 0;
  let due = 100;
  return {
    areOld(): boolean {
      uses += 1;
      if (uses < due) return false;
      due += Math.min(due, 50_000);
      return true;
    },
  };
}

function isDone(answer: messages.BackendMessage): answer is messages.CommandCompleteMessage {
  return answer.name === 'commandComplete';
}

function toText(value: SqlValue): string | null {
  return value === null ? null : String(value);
}

function columnsOf(answers: readonly messages.BackendMessage[]): readonly Column[] {
  const described = answers.find(({ name }) => name === 'rowDescription');
  return (described as messages.RowDescriptionMessage | undefined)?.fields ?? [];
}

function toRows<Row>(
  answers: readonly messages.BackendMessage[],
  columns: readonly Column[],
  parsers: PGlite['parsers'],
): readonly Row[] {
  return answers
    .filter((each): each is messages.DataRowMessage => each.name === 'dataRow')
    .map(({ fields }) => {
      const row: Record<string, unknown> = {};
      for (const [at, { name, dataTypeID }] of columns.entries()) {
        const value = fields[at] ?? null;
        const parse = parsers[dataTypeID];
        row[name] = value === null || !parse ? value : parse(value, dataTypeID);
      }
      return row as Row;
    });
}
