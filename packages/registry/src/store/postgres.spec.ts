import { openStoreOfForge } from '../testing/store-of-forge';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { describeOnPostgres } from '../testing/each-database';
import { publish, type Publication } from '../publish/publish';
import { change } from '../change/change';
import { openStore, replaceTokens, type Store } from '.';
import { openPostgres } from './postgres';

const ecosystem = toyEcosystem();
const now = new Date('2026-01-01T00:00:00Z');
const publication = (name: string, version = '1.0.0'): Publication => {
  const files = [{ filename: `${name}-${version}.bin`, bytes: Buffer.from('x') }];
  return { ecosystem, upload: { name, version, files, metadata: null }, user: 'forge', now };
};

describeOnPostgres((database) => {
  describe('two servers over one database', () => {
    let first: Store;
    let second: Store;
    beforeAll(async () => {
      const url = await database();
      // Started at the same time: one makes the schema and the keys, the other one waits for it.
      [first, second] = await Promise.all([
        openStore({ database: url }),
        openStore({ database: url }),
      ]);
      await replaceTokens(first.db, { forge: 'a_token_that_is_long_enough' }, [], now);
    }, 60_000);
    afterAll(() => Promise.all([first.close(), second.close()]));

    it('sign with one key and share what else is secret', async () => {
      expect(first.keys).toEqual(second.keys);
      const made = await Promise.all([
        first.secrets.once('test', () => 'of the first'),
        second.secrets.once('test', () => 'of the second'),
      ]);
      expect(new Set(made).size).toBe(1);
    });

    it('see at once what the other one published, yanked and removed', async () => {
      const versionsAt = async ({ catalog }: Store) =>
        (await catalog.package('toy', 'shared'))?.versions.map((each) => [
          each.version,
          each.yanked,
        ]);
      const fileAt = async ({ catalog }: Store) => {
        const found = ['shared', undefined].map((name) =>
          catalog.file('toy', 'shared-2.0.0.bin', name),
        );
        const [inPackage, anywhere] = await Promise.all(found);
        expect(inPackage).toEqual(anywhere);
        return anywhere;
      };
      const states = new Set<string>();
      const stateAt = async ({ catalog }: Store) => states.add(await catalog.state('toy')).size;
      expect([await stateAt(first), await stateAt(second)]).toEqual([1, 1]);
      await publish(first, publication('shared'));
      expect(await versionsAt(second)).toEqual([['1.0.0', false]]);
      expect([await stateAt(second), await stateAt(first)]).toEqual([2, 2]);
      await publish(second, publication('shared', '2.0.0'));
      expect(await versionsAt(first)).toEqual([
        ['1.0.0', false],
        ['2.0.0', false],
      ]);
      expect(await fileAt(first)).toMatchObject({ size: 1 });
      expect(await stateAt(first)).toBe(3);
      const changes = [
        { kind: 'yank', version: '1.0.0' },
        { kind: 'remove', version: '2.0.0' },
      ] as const;
      const order = { ecosystem, name: 'shared', user: 'forge', now };
      await change(second, { ...order, changes: () => ({ ok: true, value: changes }) });
      expect(await versionsAt(first)).toEqual([['1.0.0', true]]);
      expect(await fileAt(first)).toBeUndefined();
      expect(await stateAt(first)).toBe(4);
    });
  });

  it('numbers versions in the order in which they can be seen', async () => {
    const url = await database();
    const store = await openStoreOfForge({ database: url });
    const reader = await openPostgres(url);
    const seen: number[] = [];
    const watch = async (until: Promise<unknown>): Promise<void> => {
      let rounds = Infinity;
      // One more look when everything is published.
      void until.finally(() => (rounds = 2)).catch(() => undefined);
      for (; rounds > 0; rounds -= 1) {
        const rows = await reader.query<{ arrival: number }>(
          'select arrival from versions where arrival > $1 order by arrival',
          [seen.at(-1) ?? 0],
        );
        seen.push(...rows.map(({ arrival }) => arrival));
      }
    };
    const names = Array.from({ length: 60 }, (_, i) => `ordered-${i}`);
    const publishing = Promise.all(names.map((name) => publish(store, publication(name))));
    await watch(publishing);
    await publishing;
    expect(seen).toHaveLength(60);
    await Promise.all([reader.close(), store.close()]);
  }, 30_000);

  it('is refused by name where it is not there: FORGE-R020', async () => {
    const url = new URL(await database());
    url.pathname = '/nowhere';
    url.password = 'very secret';
    const attempt = openPostgres(url.href);
    await expect(attempt).rejects.toMatchObject({ code: 'FORGE-R020' });
    await expect(attempt).rejects.toThrow(/does not exist/);
    await expect(attempt).rejects.not.toThrow(/secret/);
    await expect(openPostgres('postgres://127.0.0.1:1/nowhere')).rejects.toMatchObject({
      code: 'FORGE-R020',
    });
  });

  it('is refused where it would garble names: FORGE-R021', async () => {
    const url = new URL(await database());
    const db = await openPostgres(url.href);
    await db.exec('create database garbled encoding SQL_ASCII template template0');
    await db.close();
    url.pathname = '/garbled';
    await expect(openStore({ database: url.href })).rejects.toMatchObject({
      code: 'FORGE-R021',
      message: expect.stringContaining('SQL_ASCII'),
    });
  });

  it('is refused where a newer registry was: FORGE-R022', async () => {
    const url = await database();
    await (await openStore({ database: url })).close();
    const db = await openPostgres(url);
    await db.query(`insert into migrations (id) values ('0099-later')`);
    await db.close();
    await expect(openStore({ database: url })).rejects.toMatchObject({ code: 'FORGE-R022' });
  });
});
