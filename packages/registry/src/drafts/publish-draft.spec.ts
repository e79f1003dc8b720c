import { createHash } from 'node:crypto';
import type { Database, Store } from '../store';
import { migrate } from '../store/migrate';
import { breakingTransactions } from '../testing/breaking-store';
import { describeEachDatabase } from '../testing/each-database';
import { openStoreOfForge } from '../testing/store-of-forge';
import { toyFile } from '../testing/toy-contents';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { attachEntry } from './change-draft';
import type { DraftOrder } from './draft';
import { openDraft } from './open-draft';
import { publishDraft } from './publish-draft';
import { findDraft } from './rows';
import { stageBlob } from './staged-blobs';

const tables = ['packages', 'owners', 'versions', 'manifests', 'descriptions', 'outbox', 'drafts'];
const now = new Date('2026-01-01T00:00:00Z');
const order = (name: string): DraftOrder => ({
  ecosystem: toyEcosystem(),
  name,
  user: 'forge',
  now,
});

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterAll(() => store.close());

  async function contents() {
    const counted = tables.map((table) => store.db.query(`select * from ${table}`));
    return Object.fromEntries((await Promise.all(counted)).map((rows, i) => [tables[i], rows]));
  }

  async function readyDraft(name: string): Promise<number> {
    const opened = await openDraft(store, order(name), '1.0');
    const bytes = toyFile({ name, version: '1.0', summary: 'A thing' });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await stageBlob(store, sha256, bytes, { user: 'forge', now });
    if (opened.kind === 'refused') throw new Error(opened.refusal.message);
    await attachEntry(store, order(name), opened.draft.id, { path: `${name}.bin`, sha256 });
    return opened.draft.id;
  }

  it('publishes nothing of a draft where any statement fails, and the draft stays open', async () => {
    const id = await readyDraft('fragile');
    const before = await contents();
    let n = 1;
    for (; ; n += 1) {
      const { db } = breakingTransactions(store.db, n);
      const attempt = publishDraft({ ...store, db }, order('fragile'), id);
      const came = await attempt.then(
        ({ kind }) => kind,
        (error: Error) => error.message,
      );
      if (came === 'published') break;
      expect(came).toContain('division by zero');
      expect(await contents()).toEqual(before);
      expect(await findDraft(store.db, id)).toMatchObject({ state: 'open' });
    }
    // Those of every publish, two of the gate before and four after them.
    expect(n - 1).toBe(4 + 2 + 4);
    expect(await findDraft(store.db, id)).toMatchObject({ state: 'published' });
    expect((await contents())['versions']).toHaveLength(1);
  });

  it('refuses a draft that is changed while it is published', async () => {
    const id = await readyDraft('moving');
    const transaction: Database['transaction'] = async (work) => {
      await store.db.query('update drafts set revision = revision + 1 where id = $1', [id]);
      return store.db.transaction(work);
    };
    const slow = { ...store, db: { ...store.db, transaction } };
    expect(await publishDraft(slow, order('moving'), id)).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'conflict', code: 'FORGE-R060' },
    });
    expect(await findDraft(store.db, id)).toMatchObject({ state: 'open' });
  });

  it.each([
    `update drafts set manifest = '{}' where state = 'published'`,
    `update drafts set state = 'open', closed_at = null where state = 'published'`,
    `delete from drafts where state = 'published'`,
    `insert into draft_entries select id, 'late.bin', 1, repeat('0', 64), 'forge', now()
      from drafts where state = 'published'`,
    `update draft_entries set path = 'other.bin'`,
    `delete from draft_entries`,
    `update manifests set manifest = '{}'`,
    `delete from manifests`,
  ])('what is closed or published cannot be changed by %s', async (sql) => {
    await expect(store.db.query(sql)).rejects.toMatchObject({ code: 'FR001' });
  });

  it('keeps the manifest of a version where it can be asked for', async () => {
    const rows = await store.db.query(
      `select v.version from manifests m join versions v on v.id = m.version_id
      where m.manifest ->> 'summary' = 'A thing'`,
    );
    expect(rows).toEqual([{ version: '1.0' }]);
  });

  it('has a schema that is up to date when it is opened again', async () => {
    const applied = () => store.db.query('select * from migrations order by id');
    const before = await applied();
    await migrate(store.db);
    expect(await applied()).toEqual(before);
  });

  it.each([
    ['outbox_pending', 'select * from outbox where delivered_at is null order by id limit 10'],
    [
      'drafts_open',
      `select * from drafts where ecosystem = 'toy' and normalized_name = 'a' and version = '1' and state = 'open'`,
    ],
    [
      'descriptions_words',
      `select package_id from descriptions where words @@ to_tsquery('english', 'thing')`,
    ],
    [
      'descriptions_dependencies',
      `select package_id from descriptions where dependencies @> array['a']`,
    ],
  ])('has the index %s for what is asked often', async (index, sql) => {
    // An empty table is read whole; with sequential scans forbidden the planner shows what it could use.
    const plan = await store.db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      await tx.query('set local enable_indexscan = on');
      return tx.query(`explain ${sql}`);
    });
    expect(JSON.stringify(plan)).toContain(index);
  });
});
