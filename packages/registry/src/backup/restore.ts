import { ForgeError } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Queryable, StoreOptions } from '../store';
import { migrate, refuseNewer } from '../store/migrate';
import { migrations } from '../store/migrations';
import { openPlace, takePlace, type Parts } from '../store/place';
import type { BackupSize } from './back-up';
import * as files from './manifest';
import { listTables } from './tables';

/**
 * Puts a backup into a store that is empty, of whatever kind: so a team moves from one machine to PostgreSQL and S3, or
 * back. The rows go in one transaction and get the schema of this registry afterwards. FORGE-R025 where something is
 * there already, R026 for a backup that is not as it was written, R022 for one of a newer registry.
 */
export async function restore(options: StoreOptions, directory: string): Promise<BackupSize> {
  const manifest = await files.readManifest(directory);
  refuseNewer(manifest.schema, migrations);
  await checkTables(directory, manifest);
  const kept = await files.readSecrets(directory, manifest);
  const schema = migrations.filter(({ id }) => manifest.schema.includes(id));
  const parts = await openPlace(
    await takePlace(options),
    schema.length === migrations.length ? migrations : schema,
  );
  try {
    await migrate(parts.db, schema);
    await refuseOccupied(parts);
    for (const sha256 of manifest.blobs) await putBlob(parts, directory, sha256);
    await parts.db.transaction((tx) => writeRows(tx, directory, manifest));
    await putSecrets(parts, kept);
    await migrate(parts.db);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, blobs: manifest.blobs.length };
  } finally {
    await parts.close();
  }
}

/** Before anything is touched. */
async function checkTables(directory: string, { tables }: files.BackupManifest): Promise<void> {
  for (const { name, sha256 } of tables) {
    const hash = createHash('sha256');
    const file = createReadStream(files.tableFile(directory, name));
    try {
      for await (const chunk of file) hash.update(chunk);
    } catch (error) {
      throw files.damaged(`the table \`${name}\` cannot be read: ${(error as Error).message}`);
    }
    if (hash.digest('hex') !== sha256)
      throw files.damaged(`the table \`${name}\` is not as it was written`);
  }
}

async function refuseOccupied({ db, secrets }: Parts): Promise<void> {
  for (const { name } of await listTables(db)) {
    const [found] = await db.query(`select from ${name} limit 1`);
    if (found) throw occupied(`the table \`${name}\` has rows`);
  }
  if (Object.keys(await secrets.all()).length > 0) throw occupied('it has keys');
}

function occupied(why: string): ForgeError {
  return new ForgeError('FORGE-R025', { what: `a registry is there already: ${why}` });
}

async function putBlob({ blobs }: Parts, directory: string, sha256: string): Promise<void> {
  const file = files.blobFile(directory, sha256);
  await blobs.put(sha256, await files.readWhole(file, sha256, `the bytes of ${sha256}`));
}

async function writeRows(
  tx: Queryable,
  directory: string,
  { tables, sequences }: files.BackupManifest,
): Promise<void> {
  const known = await listTables(tx);
  for (const { name, rows } of tables) {
    const table = known.find((each) => each.name === name);
    if (!table) throw files.damaged(`there is no table \`${name}\` in its schema`);
    // Triggers guard what may happen to rows; these happened.
    await tx.query(`alter table ${name} disable trigger user`);
    const written = await writeTable(tx, directory, table);
    await tx.query(`alter table ${name} enable trigger user`);
    if (written !== rows)
      throw files.damaged(`\`${name}\` gets ${written} rows instead of ${rows}`);
  }
  for (const [name, last] of Object.entries(sequences))
    await tx.query('select setval($1::regclass, $2)', [name, last]);
}

/** Characters of a statement's value; a row may be larger. */
const batchSize = 1_000_000;

async function writeTable(
  tx: Queryable,
  directory: string,
  { name, columns }: { readonly name: string; readonly columns: string },
): Promise<number> {
  let [batch, size, count] = [[] as string[], 0, 0];
  const flush = async () => {
    const written = await tx.query(
      `insert into ${name} (${columns}) overriding system value
      select ${columns} from json_populate_recordset(null::${name}, $1::json) returning 1`,
      [`[${batch.join(',')}]`],
    );
    count += written.length;
    [batch, size] = [[], 0];
  };
  for await (const line of linesOf(files.tableFile(directory, name))) {
    batch.push(line);
    size += line.length;
    if (size > batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  return count;
}

/** Nothing but `\n` ends a line; `readline` takes U+2028 for an end as well, which a row may hold. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let line: string[] = [];
  for await (const chunk of createReadStream(file, 'utf8')) {
    const [rest = '', ...others] = String(chunk).split('\n');
    line.push(rest);
    for (const begin of others) {
      yield line.join('');
      line = [begin];
    }
  }
}

async function putSecrets({ secrets }: Parts, kept: files.KeptSecrets): Promise<void> {
  for (const [name, value] of Object.entries(kept)) await secrets.once(name, () => value);
}
