import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from '../database';
import { migrations } from '../migrations';
import { makeTemplate, schemaName } from './make-template';
import { clusterInMemory } from './cluster-in-memory';
import { startEngine } from './engine';
import { openEmbedded } from './open-embedded';
import { openSession } from './session';
import { loadTemplate } from './template';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-registry-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function migrationsOf(db: Database): Promise<readonly string[]> {
  const rows = await db.query<{ id: string }>('select id from migrations order by id');
  return rows.map(({ id }) => id);
}

describe('a fresh embedded database', () => {
  it('has its schema, and no rows of another one', async () => {
    const [one, other] = await Promise.all([
      openEmbedded(undefined, migrations),
      openEmbedded(undefined, migrations),
    ]);
    expect(await migrationsOf(one)).toEqual(migrations.map(({ id }) => id).sort());
    await one.exec('create table mine (id int)');
    await expect(other.query('select from mine')).rejects.toThrow('does not exist');
    await Promise.all([one.close(), other.close()]);
  });

  it('gives lists of texts as lists, and has lists of nothing else', async () => {
    const db = await openEmbedded(undefined, migrations);
    const [row] = await db.query<{ list: unknown }>(`select array['a', 'b,"c"'] as list`);
    expect(row?.list).toEqual(['a', 'b,"c"']);
    const lists = await db.query(
      `select table_name from information_schema.columns
      where table_schema = 'public' and data_type = 'ARRAY' and udt_name <> '_text'`,
    );
    expect(lists).toEqual([]);
    await db.close();
  });
});

describe('a directory', () => {
  it('gets a cluster that was shut down, whatever a crash has left beside it, and keeps it', async () => {
    const cluster = path.join(directory, 'pg');
    mkdirSync(`${cluster}.new`);
    writeFileSync(path.join(`${cluster}.new`, 'PG_VERSION'), 'half of one');
    const first = await openEmbedded(cluster, migrations);
    await first.exec('create table kept (id int)');
    await first.close();
    const shutDown = 1;
    expect(readFileSync(path.join(cluster, 'global/pg_control')).readUInt32LE(16)).toBe(shutDown);

    const again = await openEmbedded(cluster, []);
    expect(await again.query('select from kept')).toEqual([]);
    expect(await migrationsOf(again)).toHaveLength(migrations.length);
    await again.close();
  });
});

it('keeps its log short, however much is written', async () => {
  const image = await loadTemplate(schemaName(migrations), () => makeTemplate(migrations));
  const engine = await startEngine({ fs: clusterInMemory(image) });
  const session = openSession(engine, 3);
  await session.exec('create table written (it text)');
  const megabytes = 16;
  for (let each = 0; each < megabytes; each += 1) {
    await session.tidy();
    await session.query(
      `insert into written select string_agg(md5(random()::text), '') from generate_series(1, 32768)`,
    );
  }
  await session.tidy();
  const [log] = await session.query<{ size: number }>(
    'select sum(size)::int8 as size from pg_ls_waldir()',
  );
  expect(log?.size).toBeLessThan((megabytes / 2) * 1024 ** 2);
  await engine.close();
});
