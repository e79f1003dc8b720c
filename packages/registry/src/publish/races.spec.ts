import { subjects } from '../../../ecosystems/src/testing/subjects';
import type { Store } from '../store';
import { describeEachDatabase } from '../testing/each-database';
import { nativeUpload } from '../testing/native-upload';
import { openStoreOfForge } from '../testing/store-of-forge';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { publish, type PublishOutcome } from './publish';

const now = new Date('2026-01-01T00:00:00Z');
const contestants = 20;

function count(outcomes: readonly PublishOutcome[]): Record<string, number> {
  const kinds = outcomes.map((each) => (each.kind === 'refused' ? each.refusal.kind : each.kind));
  return Object.fromEntries(
    [...new Set(kinds)].map((kind) => [kind, kinds.filter((each) => each === kind).length]),
  );
}

describeEachDatabase((empty) => {
  let store: Store;
  beforeEach(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterEach(() => store.close());

  const all = subjects.map((subject) => {
    const race = (content: (i: number) => string) =>
      Promise.all(
        Array.from({ length: contestants }, (_, i) => {
          const upload = nativeUpload(subject, content(i));
          return publish(store, { ecosystem: subject.ecosystem, upload, user: 'forge', now });
        }),
      );
    return [subject.id, race] as const;
  });

  it('20 publishes of one version at once: one wins, the same bytes are a success, others a conflict', async () => {
    for (const [id, race] of all) {
      const outcomes = await race((i) => (i % 2 === 0 ? 'same' : `other ${i}`));
      const { published, repeated = 0, conflict = 0 } = count(outcomes);
      expect({ id, published, others: repeated + conflict }).toEqual({
        id,
        published: 1,
        others: 19,
      });
      // Whoever wins: those of its bytes repeat it, all others are refused.
      const isSame = outcomes.findIndex(({ kind }) => kind === 'published') % 2 === 0;
      expect({ id, repeated, conflict }).toEqual({
        id,
        repeated: isSame ? 9 : 0,
        conflict: isSame ? 10 : 19,
      });
    }
    const events = await store.db.query(
      `select aggregate from outbox where event = 'version.published'`,
    );
    expect(events).toHaveLength(all.length);
  }, 60_000);

  it('500 versions at once: all are there, in one order', async () => {
    const ecosystem = toyEcosystem();
    const versions = Array.from({ length: 500 }, (_, i) => `1.${i}.0`);
    const outcomes = await Promise.all(
      versions.map((version) => {
        const files = [{ filename: `crowd-${version}.bin`, bytes: Buffer.from(version) }];
        const upload = { name: 'crowd', version, files, metadata: {} };
        return publish(store, { ecosystem, upload, user: 'forge', now });
      }),
    );
    expect(count(outcomes)).toEqual({ published: 500 });
    const found = await store.catalog.package('toy', 'crowd');
    expect(found?.versions.map(({ version }) => version).sort()).toEqual([...versions].sort());
    const numbers = await store.db.query<{ arrival: number }>(
      'select arrival from versions order by arrival',
    );
    expect(new Set(numbers.map(({ arrival }) => arrival)).size).toBe(500);
  }, 120_000);
});
