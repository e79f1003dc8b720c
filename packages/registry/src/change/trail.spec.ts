import { ok, type PackageChange } from '@forge/ecosystems';
import { publish } from '../publish/publish';
import { openStore, replaceTokens, type Store } from '../store';
import { breakingTransactions } from '../testing/breaking-store';
import { describeEachDatabase } from '../testing/each-database';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { change, type ChangeOrder } from './change';

const ecosystem = toyEcosystem();
const now = new Date('2026-01-01T00:00:00Z');

const order = (name: string, changes: readonly PackageChange[], user = 'forge'): ChangeOrder => ({
  ecosystem,
  name,
  changes: () => ok(changes),
  user,
  now,
});
const version = '1.0.0';
const documentation = '0'.repeat(64);
const everything: readonly PackageChange[] = [
  { kind: 'yank', version, notice: { message: 'why' } },
  { kind: 'unyank', version },
  { kind: 'add-owner', user: 'alice' },
  { kind: 'remove-owner', user: 'alice' },
  { kind: 'set-tag', tag: 'next', version },
  { kind: 'delete-tag', tag: 'next' },
  {
    kind: 'attach',
    version,
    file: { filename: 'a.docs', size: 1, sha256: documentation, digests: [] },
  },
  { kind: 'detach', version, filename: 'a.docs' },
  { kind: 'remove', version },
];

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(await empty());
    const users = { forge: 'a_token_that_is_long_enough', alice: 'another_token_that_is_long' };
    await replaceTokens(store.db, users, [], now);
    await store.blobs.put(documentation, Buffer.from('d'));
  }, 60_000);
  afterAll(() => store.close());

  async function published(name: string): Promise<void> {
    const files = [{ filename: `${name}.bin`, bytes: Buffer.from('x') }];
    const upload = { name, version: '1.0.0', files, metadata: null, tags: { latest: '1.0.0' } };
    await publish(store, { ecosystem, upload, user: 'forge', now });
  }

  const trailOf = (name: string) =>
    store.db.query<{ actor: string; action: string; subject: string }>(
      `select actor, action, subject from audit where subject like 'toy:' || $1 || '%' order by id`,
      [name],
    );
  const eventsOf = async (name: string): Promise<readonly string[]> =>
    (
      await store.db.query<{ event: string }>(
        `select event from outbox where aggregate like 'toy:' || $1 || '%' order by id`,
        [name],
      )
    ).map(({ event }) => event);

  it('tells every change, in the outbox and in the audit', async () => {
    await published('told');
    await change(store, order('told', everything));
    const happened = [
      'version.published',
      'version.yanked',
      'version.unyanked',
      'owner.added',
      'owner.removed',
      'tag.set',
      'tag.deleted',
      'version.attached',
      'version.detached',
      'version.removed',
    ];
    expect(await eventsOf('told')).toEqual(happened);
    expect((await trailOf('told')).map(({ action }) => action)).toEqual([
      'publish',
      ...happened.slice(1),
    ]);
    const [payload] = await store.db.query(
      `select aggregate, payload from outbox where event = 'version.yanked'`,
    );
    expect(payload).toEqual({
      aggregate: 'toy:told@1.0.0',
      payload: { ecosystem: 'toy', name: 'told', version, notice: { message: 'why' } },
    });
  });

  it('tells nothing of a change that finds everything as it would leave it', async () => {
    await published('same');
    const twice: readonly PackageChange[] = [
      { kind: 'unyank', version },
      { kind: 'yank', version },
      { kind: 'yank', version },
      { kind: 'add-owner', user: 'forge' },
      { kind: 'set-tag', tag: 'latest', version },
      { kind: 'delete-tag', tag: 'none' },
    ];
    for (let i = 0; i < 2; i += 1)
      expect(await change(store, order('same', twice))).toMatchObject({ kind: 'changed' });
    // The second round takes the yank back and makes it again.
    expect(await eventsOf('same')).toEqual([
      'version.published',
      'version.yanked',
      'version.unyanked',
      'version.yanked',
    ]);
  });

  it('keeps who was denied what', async () => {
    await published('denied');
    const outcome = await change(store, order('denied', [{ kind: 'yank', version }], 'alice'));
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { kind: 'forbidden' } });
    expect((await trailOf('denied')).slice(1)).toEqual([
      { actor: 'alice', action: 'change.denied', subject: 'toy:denied' },
    ]);
    expect(await eventsOf('denied')).toEqual(['version.published']);
  });

  it('keeps what was tried with a package that is not there, and what cannot be done', async () => {
    const absent = order('absent', [{ kind: 'yank', version }]);
    expect(await change(store, absent)).toMatchObject({ refusal: { kind: 'not-found' } });
    await published('strict');
    const last = order('strict', [{ kind: 'remove-owner', user: 'forge' }]);
    expect(await change(store, last)).toMatchObject({ kind: 'refused' });
    for (const name of ['absent', 'strict'])
      expect((await trailOf(name)).at(-1)).toEqual({
        actor: 'forge',
        action: 'change.rejected',
        subject: `toy:${name}`,
      });
    expect(await eventsOf('strict')).toEqual(['version.published']);
  });

  it('leaves nothing of changes that fail at any statement', async () => {
    await published('fragile');
    const state = () => store.catalog.package('toy', 'fragile');
    const before = [await state(), await trailOf('fragile'), await eventsOf('fragile')];
    for (let n = 1; ; n += 1) {
      const { db, statements } = breakingTransactions(store.db, n);
      const attempt = change({ ...store, db }, order('fragile', everything));
      const outcome = await attempt.catch((error: Error) => error.message);
      if (outcome !== 'division by zero') {
        expect(outcome).toEqual({ kind: 'changed' });
        expect(statements()).toBe(n - 1);
        break;
      }
      expect([await state(), await trailOf('fragile'), await eventsOf('fragile')]).toEqual(before);
    }
    expect(await state()).toBeUndefined();
  });
});
