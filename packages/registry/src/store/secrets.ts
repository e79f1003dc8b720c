import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from './database';

/** Texts that are made once and then kept: private keys, what sessions and nonces are signed with. */
export interface Secrets {
  /** Whoever comes first makes it; everybody, also in another process, gets the same one. */
  once(name: string, make: () => string | Promise<string>): Promise<string>;
  /** For a backup. */
  all(): Promise<Readonly<Record<string, string>>>;
}

/** For as long as the server runs. */
export function secretsInMemory(): Secrets {
  const made = new Map<string, Promise<string>>();
  return {
    once(name, make) {
      const there = made.get(name) ?? Promise.resolve(make());
      made.set(name, there);
      return there;
    },
    async all() {
      const values = await Promise.all([...made.values()]);
      return Object.fromEntries([...made.keys()].map((name, i) => [name, values[i] ?? '']));
    },
  };
}

/** A file for each, by its name, for the owner only. */
export function secretsOnDisk(directory: string): Secrets {
  return {
    async once(name, make) {
      const file = path.join(directory, name);
      const there = await readIfThere(file);
      if (there !== undefined) return there;
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // Linked in place whole: a crash leaves no half of a key, and nobody's key is written over.
      const written = `${file}.${randomUUID()}`;
      await writeFile(written, await make(), { mode: 0o600, flag: 'wx' });
      await link(written, file).catch(unlessThere);
      await rm(written);
      return readFile(file, 'utf8');
    },
    async all() {
      const names = await listIfThere(directory);
      const read = names.map(async (name) => [
        name,
        await readFile(path.join(directory, name), 'utf8'),
      ]);
      return Object.fromEntries(await Promise.all(read)) as Readonly<Record<string, string>>;
    },
  };
}

/** In the database, where several servers share one: what one of them signs, the others know. */
export function secretsInDatabase(db: Database): Secrets {
  const find = async (name: string) =>
    (await db.query<{ value: string }>('select value from secrets where name = $1', [name]))[0]
      ?.value;
  return {
    async once(name, make) {
      const there = await find(name);
      if (there !== undefined) return there;
      await db.query('insert into secrets (name, value) values ($1, $2) on conflict do nothing', [
        name,
        await make(),
      ]);
      return (await find(name)) ?? '';
    },
    async all() {
      const rows = await db.query<{ name: string; value: string }>(
        'select name, value from secrets',
      );
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    },
  };
}

async function listIfThere(directory: string): Promise<readonly string[]> {
  try {
    // The others are of writes that were cut off.
    return (await readdir(directory)).filter((name) => !/\.[0-9a-f-]{36}$/.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
