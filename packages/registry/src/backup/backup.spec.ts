import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { subjects } from '../../../ecosystems/src/testing/subjects';
import { change } from '../change/change';
import { publish } from '../publish/publish';
import { openStore, type Store, type StoreOptions } from '../store';
import { describeOnPostgres } from '../testing/each-database';
import { nativeUpload } from '../testing/native-upload';
import { openStoreOfForge } from '../testing/store-of-forge';
import { backUp } from './back-up';
import { restore } from './restore';
import { listTables } from './tables';

const now = new Date('2026-01-01T00:00:00Z');
const directory = mkdtempSync(path.join(tmpdir(), 'forge-backup-'));
afterAll(() => rmSync(directory, { recursive: true }));
const fresh = (() => {
  let count = 0;
  return () => path.join(directory, String((count += 1)));
})();

/** A registry in a directory with a version in every ecosystem, one of them yanked and one removed. */
async function fill(options: StoreOptions): Promise<void> {
  const store = await openStoreOfForge(options);
  for (const [i, subject] of subjects.entries()) {
    const { ecosystem } = subject;
    const upload = nativeUpload(subject, 'to keep');
    await publish(store, { ecosystem, upload, user: 'forge', now });
    const { name, version } = upload;
    const kinds = ['yank', 'remove'] as const;
    const kind = kinds[i];
    if (kind === undefined) continue;
    const changes = () => ({ ok: true, value: [{ kind, version }] }) as const;
    await change(store, { ecosystem, name, changes, user: 'forge', now });
  }
  await openDraftWithHistory(store);
  await tellOfOddLineEnds(store);
  await store.close();
}

/** Rows that no trigger would let in now: entries of a draft that is closed. */
async function openDraftWithHistory({ db, blobs }: Store): Promise<void> {
  await blobs.put('1'.repeat(64), Buffer.from('staged'));
  await db.exec(`insert into drafts (ecosystem, normalized_name, name, version, created_by, created_at, expires_at)
    values ('toy', 'drafted', 'drafted', '1.0.0', 'forge', now(), now() + interval '1 day');
    insert into draft_entries (draft_id, path, size, sha256, added_by, added_at)
    values (1, 'a.bin', 6, repeat('1', 64), 'forge', now());
    update drafts set state = 'abandoned', closed_at = now()`);
}

/** What some take for the end of a line stands in a text and in JSON as it is. */
async function tellOfOddLineEnds({ db }: Store): Promise<void> {
  const odd = JSON.stringify({ said: 'one\u2028two\u2029three\u0085four\rfive\nsix' });
  await db.query(
    `insert into audit (at, actor, action, subject, detail) values (now(), 'forge', 'told', $1, $2::json)`,
    [odd, odd],
  );
}

/** Everything that a store holds, but for when its schema was made. */
async function everything(options: StoreOptions) {
  const store = await openStore(options);
  const rows: Record<string, unknown> = {};
  for (const { name, columns } of await listTables(store.db)) {
    const sql = `select to_json(r)::text as row from (select ${columns} from ${name}) r order by 1`;
    rows[name] = await store.db.query(sql);
  }
  const files = await store.db.query<{ sha256: string }>('select sha256 from files order by 1');
  const bytes = [];
  for (const { sha256 } of files)
    bytes.push((await buffer(store.blobs.read(sha256))).toString('base64'));
  const { keys } = store;
  await store.close();
  return { rows, bytes, keys };
}

let source: StoreOptions;
let kept: Awaited<ReturnType<typeof everything>>;
let backup: string;
beforeAll(async () => {
  source = { data: fresh() };
  await fill(source);
  kept = await everything(source);
  backup = fresh();
  const size = await backUp(source, backup, now);
  expect(size.blobs).toBe(subjects.length);
}, 120_000);

it('can be read by its owner only, because keys are in it', () => {
  for (const file of ['.', 'secrets.json', 'backup.json', 'tables/audit.jsonl'])
    expect(statSync(path.join(backup, file)).mode & 0o077).toBe(0);
});

it('restores into another directory: rows, bytes and keys, and life goes on there', async () => {
  const target = { data: fresh() };
  await restore(target, backup);
  expect(await everything(target)).toEqual(kept);
  const store = await openStore(target);
  const [subject] = subjects;
  if (!subject) throw new Error('there is no ecosystem');
  const again = {
    ecosystem: subject.ecosystem,
    upload: nativeUpload(subject, 'to keep'),
    user: 'forge',
    now,
  };
  expect(await publish(store, again)).toEqual({ kind: 'repeated' });
  await expect(store.db.query(`update files set filename = 'x'`)).rejects.toMatchObject({
    code: 'FR001',
  });
  await store.close();
}, 120_000);

it('is refused where something is already: FORGE-R025', async () => {
  await expect(restore(source, backup)).rejects.toMatchObject({ code: 'FORGE-R025' });
  await expect(backUp(source, backup, now)).rejects.toMatchObject({ code: 'FORGE-R025' });
}, 60_000);

it('is where it was asked for also when that ends in a slash', async () => {
  const slashed = fresh();
  await backUp(source, `${slashed}/`, now);
  expect(readdirSync(slashed).sort()).toEqual(['backup.json', 'blobs', 'secrets.json', 'tables']);
  expect(existsSync(`${slashed}.unfinished`)).toBe(false);
}, 60_000);

it('is not made of what is no registry, and nothing is made there: FORGE-R027', async () => {
  const mistyped = fresh();
  const attempt = backUp({ data: mistyped }, fresh(), now);
  await expect(attempt).rejects.toMatchObject({ code: 'FORGE-R027' });
  expect(existsSync(mistyped)).toBe(false);
});

describe('a backup that is not as it was written', () => {
  const damage = (file: string, harm: (text: string) => string) => {
    const original = readFileSync(path.join(backup, file));
    writeFileSync(path.join(backup, file), harm(original.toString()));
    return () => writeFileSync(path.join(backup, file), original);
  };
  const cases: readonly (readonly [string, string, (text: string) => string])[] = [
    ['a changed row', 'tables/audit.jsonl', (text) => text.replace('forge', 'bogus')],
    ['a lost row', 'tables/files.jsonl', (text) => text.slice(0, text.indexOf('\n') + 1)],
    ['a manifest cut off', 'backup.json', (text) => text.slice(0, 100)],
    ['a changed key', 'secrets.json', (text) => text.replace(/"([^"]+)": "./, '"$1": "~')],
    ['a file of keys that is cut off', 'secrets.json', (text) => text.slice(0, 100)],
  ];
  it.each(cases)('%s is refused, and nothing is restored: FORGE-R026', async (_, file, harm) => {
    const heal = damage(file, harm);
    const target = { data: fresh() };
    await expect(restore(target, backup)).rejects.toMatchObject({ code: 'FORGE-R026' });
    expect(existsSync(target.data)).toBe(false);
    heal();
  });

  it.each(['secrets.json', 'tables/audit.jsonl', 'blobs'])(
    'without %s is refused: FORGE-R026',
    async (name) => {
      const [there, away] = [path.join(backup, name), path.join(directory, 'away')];
      renameSync(there, away);
      const attempt = restore({ data: fresh() }, backup);
      await expect(attempt).rejects.toMatchObject({ code: 'FORGE-R026' });
      renameSync(away, there);
    },
    60_000,
  );

  it('with other bytes of a file is refused: FORGE-R026', async () => {
    const { blobs } = JSON.parse(readFileSync(path.join(backup, 'backup.json'), 'utf8')) as {
      blobs: readonly string[];
    };
    const [sha256 = ''] = blobs;
    const heal = damage(`blobs/${sha256.slice(0, 2)}/${sha256}`, () => 'other bytes');
    const target = { data: fresh() };
    await expect(restore(target, backup)).rejects.toMatchObject({ code: 'FORGE-R026' });
    heal();
  }, 60_000);

  it('or that comes from a newer registry: FORGE-R022', async () => {
    const heal = damage('backup.json', (text) => text.replace('"0001-packages"', '"0099-later"'));
    const attempt = restore({ data: fresh() }, backup);
    await expect(attempt).rejects.toMatchObject({ code: 'FORGE-R022' });
    heal();
  });
});

describeOnPostgres((database) => {
  it('is not made of a database that no registry used: FORGE-R027', async () => {
    const empty = { data: fresh(), database: await database() };
    await expect(backUp(empty, fresh(), now)).rejects.toMatchObject({ code: 'FORGE-R027' });
  });

  it('moves from the embedded database to PostgreSQL and back', async () => {
    const server = { data: fresh(), database: await database() };
    await restore(server, backup);
    expect(await everything(server)).toEqual(kept);
    const second = fresh();
    await backUp(server, second, now);
    const target = { data: fresh() };
    await restore(target, second);
    expect(await everything(target)).toEqual(kept);
  }, 120_000);
});
