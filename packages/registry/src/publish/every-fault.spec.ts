import { subjects } from '../../../ecosystems/src/testing/subjects';
import type { Store } from '../store';
import { breakingStore } from '../testing/breaking-store';
import { describeEachDatabase } from '../testing/each-database';
import { nativeUpload } from '../testing/native-upload';
import { openStoreOfForge } from '../testing/store-of-forge';
import { publish, type Publication } from './publish';

/** All that anybody could see, or that would have to be collected; what was attempted may stay. */
async function remains(store: Store): Promise<unknown> {
  const tables = await store.db.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
    where table_schema = 'public' and table_name <> 'migrations' order by table_name`,
  );
  // In one statement: this is asked for after every fault.
  const each = tables.map(
    ({ name }) => `select '${name}' as place, to_json(t)::text as row from ${name} t`,
  );
  const rows = await store.db.query(`${each.join(' union all ')} order by place, row`);
  const blobs: string[] = [];
  for await (const each of store.blobs.list()) blobs.push(each);
  return { rows, blobs: blobs.sort() };
}

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterAll(() => store.close());

  it.each(subjects.map((subject) => [subject.id, subject] as const))(
    'a publish to %s that breaks down at any statement, blob or commit leaves nothing, and can be repeated',
    async (_, subject) => {
      const { ecosystem } = subject;
      const upload = nativeUpload(subject, 'fragile');
      const now = new Date('2026-01-01T00:00:00Z');
      const publication: Publication = { ecosystem, upload, user: 'forge', now };
      const before = await remains(store);
      for (let n = 1; ; n += 1) {
        const breaking = breakingStore(store, n);
        const outcome = await publish(breaking, publication).catch((error: Error) => error.message);
        if (breaking.steps() < n) {
          expect(outcome).toEqual({ kind: 'published' });
          // Registering and writing the blob, the statements, the commit.
          expect(n - 1).toBeGreaterThanOrEqual(8);
          break;
        }
        expect(outcome).toMatch(/division by zero|cut off|the disk is/);
        await store.collect(0);
        expect(await remains(store)).toEqual(before);
      }
      const name = ecosystem.normalizeName(upload.name);
      const found = await store.catalog.package(ecosystem.id, name);
      expect(found?.versions.map(({ version }) => version)).toEqual([upload.version]);
    },
    60_000,
  );
});
