import { randomBytes } from 'node:crypto';
import type { Database, Store } from '../store';
import { breakingTransactions } from '../testing/breaking-store';
import { describeEachDatabase } from '../testing/each-database';
import { openStoreOfForge } from '../testing/store-of-forge';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { publish, type Publication } from './publish';

const tables = [
  ...['packages', 'owners', 'versions', 'uploads', 'files', 'tags', 'manifests', 'descriptions'],
  ...['outbox', 'audit'],
];

const publication = (name: string, version = '1.0.0'): Publication => ({
  ecosystem: toyEcosystem(),
  upload: {
    name,
    version,
    files: ['a', 'b'].map((file) => ({
      filename: `${name}-${version}.${file}`,
      bytes: Buffer.from(file),
    })),
    metadata: { of: version },
    tags: { latest: version },
  },
  user: 'forge',
  now: new Date('2026-01-01T00:00:00Z'),
});

async function settled(attempt: Promise<{ kind: string }>): Promise<string> {
  return attempt.then(
    ({ kind }) => kind,
    () => 'failed',
  );
}

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterAll(() => store.close());

  /** Everything that is visible in the database. */
  async function contents() {
    const counted = tables.map((table) => store.db.query(`select * from ${table}`));
    return Object.fromEntries((await Promise.all(counted)).map((rows, i) => [tables[i], rows]));
  }

  describe('a publish that fails at any statement of its transaction', () => {
    it('leaves nothing visible, and the next attempt succeeds', async () => {
      const before = await contents();
      for (let n = 1; ; n += 1) {
        const { db, statements } = breakingTransactions(store.db, n);
        const attempt = publish({ ...store, db }, publication('fragile'));
        if (n > 1 && (await settled(attempt)) === 'published') {
          expect(statements()).toBe(n - 1);
          expect(n - 1).toBe(4);
          break;
        }
        await expect(attempt).rejects.toThrow('division by zero');
        expect(await contents()).toEqual(before);
      }
      expect((await contents())['versions']).toHaveLength(1);
    });

    it.each(tables)(
      'leaves nothing visible when a row cannot be written into `%s`',
      async (table) => {
        await expectUntouchedBy(`before insert on ${table}`);
      },
    );

    it('leaves nothing visible when the draft cannot be opened', () =>
      expectUntouchedBy('before update on versions'));

    /** One statement writes into many tables, so each of them breaks down by itself, too. */
    async function expectUntouchedBy(moment: string): Promise<void> {
      await store.db.exec(`create or replace function break_down() returns trigger language plpgsql
        as $$ begin raise exception 'broken down'; end $$`);
      const before = await contents();
      const table = moment.split(' ').at(-1) ?? '';
      await store.db.exec(
        `create trigger broken ${moment} for each row execute function break_down()`,
      );
      const attempt = settled(publish(store, publication(`broken-${moment.replaceAll(' ', '-')}`)));
      await attempt.finally(() => store.db.exec(`drop trigger broken on ${table}`));
      expect(await attempt).toBe('failed');
      expect(await contents()).toEqual(before);
      expect(await publish(store, publication(`broken-${moment.replaceAll(' ', '-')}`))).toEqual({
        kind: 'published',
      });
    }

    it('leaves nothing visible when it fails in the end, before the commit', async () => {
      const before = await contents();
      const transaction: Database['transaction'] = (work) =>
        store.db.transaction(async (tx) => {
          await work(tx);
          throw new Error('cut off');
        });
      const attempt = publish({ ...store, db: { ...store.db, transaction } }, publication('late'));
      await expect(attempt).rejects.toThrow('cut off');
      expect(await contents()).toEqual(before);
    });

    it('leaves nothing visible when a blob cannot be stored', async () => {
      const before = await contents();
      const blobs = { ...store.blobs, put: () => Promise.reject(new Error('disk full')) };
      await expect(publish({ ...store, blobs }, publication('bulky'))).rejects.toThrow('disk full');
      expect(await contents()).toEqual(before);
    });
  });

  describe('the outbox', () => {
    it('has one event per version, however often it is published', async () => {
      for (let i = 0; i < 3; i += 1) await publish(store, publication('once'));
      const events = await store.db.query<{ event: string; payload: unknown }>(
        `select event, payload from outbox where aggregate = 'toy:once@1.0.0'`,
      );
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        event: 'version.published',
        payload: { ecosystem: 'toy', name: 'once', version: '1.0.0', files: [{ size: 1 }, {}] },
      });
    });
  });

  describe('the audit', () => {
    it('tells every attempt and its end', async () => {
      await publish(store, publication('watched'));
      await publish(store, publication('watched'));
      const other = publication('watched');
      const files = other.upload.files.map((file) => ({ ...file, bytes: Buffer.from('other') }));
      await publish(store, { ...other, upload: { ...other.upload, files } });
      const rows = await store.db.query(
        `select actor, action from audit where subject = 'toy:watched@1.0.0' order by id`,
      );
      expect(rows).toEqual([
        { actor: 'forge', action: 'publish' },
        { actor: 'forge', action: 'publish.repeated' },
        { actor: 'forge', action: 'publish.conflict' },
      ]);
    });
  });

  describe('what was published', () => {
    const attempts = [
      `update packages set name = 'other' where name = 'fixed'`,
      `update packages set normalized_name = 'other' where name = 'fixed'`,
      `update packages set ecosystem = 'other' where name = 'fixed'`,
      `update versions set version = '9'`,
      `update versions set state = 'draft', published_at = null`,
      `update files set sha256 = repeat('0', 64)`,
      `update files set filename = 'other'`,
      `update uploads set metadata = '{}'`,
      `update audit set actor = 'nobody'`,
      `update outbox set payload = '{}'`,
      'delete from audit',
      'delete from files',
      'delete from outbox',
      'delete from packages',
      'delete from versions',
      'truncate files, uploads, versions, tags, attachments, manifests, downloads',
      'truncate outbox cascade',
      'truncate packages cascade',
    ];
    it.each(attempts)('cannot be changed by `%s`', async (sql) => {
      await publish(store, publication('fixed'));
      await expect(store.db.query(sql)).rejects.toMatchObject({ code: 'FR001' });
    });

    it('can be yanked and taken back, and its events be marked as delivered', async () => {
      await store.db.query(`update versions set yanked = true, notice = '{"message":"why"}'`);
      await store.db.query('update files set removed_at = now()');
      for (const sql of ['set removed_at = null', 'set reusable = true']) {
        const attempt = store.db.query(`update files ${sql}`);
        await expect(attempt).rejects.toMatchObject({ code: 'FR001' });
      }
      await store.db.query('update outbox set delivered_at = now()');
      await store.db.query('update packages set revision = revision + 1');
    });
  });

  it('takes words that no index holds, and texts of which a half of a character would be kept', async () => {
    const long = randomBytes(6000).toString('hex');
    const dependency = { requirement: '', kind: 'runtime' };
    const said = {
      summary: `${'x'.repeat(9_999)}🦀`,
      keywords: [long, 'Short'],
      categories: [long],
      dependencies: [
        { ...dependency, name: long },
        { ...dependency, name: 'core' },
      ],
    };
    const { upload, ...rest } = publication('wordy');
    const wordy = { ...rest, upload: { ...upload, metadata: { said } } };
    expect(await publish(store, wordy)).toEqual({ kind: 'published' });
    const found = await store.db.query(
      `select d.keywords, d.categories, d.dependencies, right(d.summary, 2) as "end"
      from descriptions d join packages p on p.id = d.package_id where p.name = 'wordy'`,
    );
    expect(found).toEqual([
      { keywords: ['short'], categories: [], dependencies: ['core'], end: 'x\ufffd' },
    ]);
  });

  describe('an ecosystem that gathers files over several uploads', () => {
    const gathering = toyEcosystem({ manyUploadsPerVersion: true });
    const part = (filename: string, content: string, version = '1.0'): Publication => ({
      ...publication('parts', version),
      ecosystem: gathering,
      upload: {
        name: 'parts',
        version,
        files: [{ filename, bytes: Buffer.from(content) }],
        metadata: { first: filename, files: { [filename]: content.length } },
      },
    });

    it('adds files to the version, each once, and merges what is said of them', async () => {
      expect(await publish(store, part('parts.whl', 'wheel'))).toEqual({ kind: 'published' });
      expect(await publish(store, part('parts.tgz', 'source', '1.0.0'))).toEqual({
        kind: 'published',
      });
      expect(await publish(store, part('parts.tgz', 'source'))).toEqual({ kind: 'repeated' });
      expect(await publish(store, part('parts.tgz', 'other'))).toMatchObject({ kind: 'refused' });
      const found = await store.catalog.package('toy', 'parts');
      expect(found?.versions).toMatchObject([
        {
          version: '1.0',
          metadata: { first: 'parts.whl', files: { 'parts.whl': 5, 'parts.tgz': 6 } },
          files: [{ filename: 'parts.whl' }, { filename: 'parts.tgz' }],
        },
      ]);
      const events = await store.db.query(
        `select event from outbox where aggregate like 'toy:parts@%' order by id`,
      );
      expect(events).toEqual([{ event: 'version.published' }, { event: 'version.files-added' }]);
    });
  });
});
