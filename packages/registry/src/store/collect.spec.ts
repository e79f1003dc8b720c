import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { change } from '../change/change';
import { attach } from '../change/attach';
import { sizeOfBlob, stageBlob } from '../drafts/staged-blobs';
import { publish } from '../publish/publish';
import { describeEachDatabase } from '../testing/each-database';
import { openStoreOfForge } from '../testing/store-of-forge';
import { toyEcosystem } from '../testing/toy-ecosystem';
import type { Database, Store } from '.';
import { collectBlobs } from './collect';

const ecosystem = toyEcosystem();
const now = new Date('2026-01-01T00:00:00Z');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterAll(() => store.close());

  const stored = async () => {
    const found: string[] = [];
    for await (const each of store.blobs.list()) found.push(each);
    return new Set(found);
  };
  const put = (text: string) => store.blobs.put(sha256(text), Buffer.from(text));
  const published = (name: string, content: string) => {
    const files = [{ filename: `${name}.bin`, bytes: Buffer.from(content) }];
    const upload = { name, version: '1.0.0', files, metadata: {} };
    return publish(store, { ecosystem, upload, user: 'forge', now });
  };

  it('takes away what nobody refers to, once it is old enough', async () => {
    await published('kept', 'published bytes');
    await put('cut off');
    expect(await store.collect()).toEqual({ blobs: 0, bytes: 0 });
    expect(await store.collect(0)).toEqual({ blobs: 1, bytes: 7 });
    expect(await stored()).toEqual(new Set([sha256('published bytes')]));
    expect(await store.collect(0)).toEqual({ blobs: 0, bytes: 0 });
  });

  it('takes away what was attached and is no more', async () => {
    await published('documented', 'bytes');
    const attachment = { name: 'documented', version: '1.0.0', filename: 'a.docs' };
    const beside = (text: string) =>
      attach(store, {
        ecosystem,
        attachment: { ...attachment, bytes: Buffer.from(text) },
        user: 'forge',
        now,
      });
    await beside('first words');
    await beside('second words');
    expect(await store.collect(0)).toMatchObject({ blobs: 1 });
    expect(await stored()).toContain(sha256('second words'));
  });

  it('leaves bytes for drafts while the draft is open', async () => {
    await put('for a draft');
    const insert = `insert into drafts (ecosystem, normalized_name, name, version, created_by, created_at, expires_at)
      values ('toy', 'drafted', 'drafted', '1.0.0', 'forge', now(), now() + interval '1 day') returning id`;
    const [draft] = await store.db.query<{ id: number }>(insert);
    const values = [draft?.id ?? 0, sha256('for a draft')];
    await store.db.query(
      `insert into draft_entries (draft_id, path, size, sha256, added_by, added_at)
      values ($1, 'a.bin', 11, $2, 'forge', now())`,
      values,
    );
    expect(await store.collect(0)).toEqual({ blobs: 0, bytes: 0 });
    await store.db.query(
      `update drafts set state = 'abandoned', closed_at = now() where id = $1`,
      values.slice(0, 1),
    );
    expect(await store.collect(0)).toEqual({ blobs: 1, bytes: 11 });
  });

  it('leaves bytes that a draft is about to refer to', async () => {
    const bytes = Buffer.from('about to be in a draft');
    const digest = sha256(bytes.toString());
    await stageBlob(store, digest, bytes, { user: 'forge', now });
    let collecting: Promise<unknown> = Promise.resolve();
    await store.db.transaction(async (tx) => {
      expect(await sizeOfBlob(tx, digest)).toBe(bytes.length);
      collecting = store.collect(0);
      await Promise.race([collecting, setTimeout(200)]);
      await tx.query(
        `with draft as (insert into drafts
          (ecosystem, normalized_name, name, version, created_by, created_at, expires_at)
          values ('toy', 'later', 'later', '1.0.0', 'forge', now(), now() + interval '1 day') returning id)
        insert into draft_entries (draft_id, path, size, sha256, added_by, added_at)
        select id, 'a.bin', $2, $1, 'forge', now() from draft`,
        [digest, bytes.length],
      );
    });
    await collecting;
    expect(await stored()).toContain(digest);
  });

  it('leaves bytes that are sent again when they were about to be taken away', async () => {
    await put('sent twice');
    await store.db.query(`update blobs set stored_at = now() - interval '2 days'`);
    const db: Database = {
      ...store.db,
      async transaction(work) {
        await put('sent twice');
        return store.db.transaction(work);
      },
    };
    expect(await collectBlobs(db, store.blobs)).toMatchObject({ blobs: 0 });
    expect(await stored()).toContain(sha256('sent twice'));
  });

  it('never takes away what is published at this moment', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `busy-${i}`);
    let isOver = false;
    const collecting = (async () => {
      while (!isOver) await store.collect(0);
    })();
    const outcomes = await Promise.allSettled(names.map((name) => published(name, `of ${name}`)));
    isOver = true;
    await collecting;
    const there = await stored();
    for (const [i, outcome] of outcomes.entries()) {
      const isListed = await store.catalog.package('toy', `busy-${i}`);
      // With a grace of nothing a publish may lose its bytes to the collector: then it fails, and can be repeated.
      if (outcome.status === 'fulfilled') expect(there).toContain(sha256(`of busy-${i}`));
      else expect(isListed).toBeUndefined();
      expect(await published(`busy-${i}`, `of busy-${i}`)).toMatchObject({
        kind: expect.stringMatching(/published|repeated/),
      });
    }
    await change(store, {
      ecosystem,
      name: 'busy-0',
      changes: () => ({ ok: true, value: [{ kind: 'remove', version: '1.0.0' }] }),
      user: 'forge',
      now,
    });
    expect(await store.collect(0)).toMatchObject({ blobs: 0 });
  }, 30_000);
});
