import { ForgeError } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** `backup.json`: what a backup consists of. It is written last, so a directory without it is none. */
export const manifestSchema = z.object({
  format: z.literal(1),
  at: z.string(),
  /** Steps of the schema that the rows have. */
  schema: z.array(z.string()),
  /** Rows of each table, in an order in which they can be written. */
  tables: z.array(z.object({ name: z.string(), rows: z.number().int(), sha256: digest })),
  sequences: z.record(z.string(), z.number()),
  /** sha256 of `secrets.json`. */
  secrets: digest,
  /** sha256 of those that rows refer to; each is at `blobs/ab/abcdef…`. */
  blobs: z.array(digest),
});

export type BackupManifest = z.infer<typeof manifestSchema>;

export const manifestName = 'backup.json';
export const secretsName = 'secrets.json';

/** `secrets.json`: keys by their names. */
export const secretsSchema = z.record(z.string().regex(/^[\w.-]+$/), z.string());

export type KeptSecrets = z.infer<typeof secretsSchema>;

export const tableFile = (directory: string, table: string): string =>
  path.join(directory, 'tables', `${table}.jsonl`);
export const blobFile = (directory: string, sha256: string): string =>
  path.join(directory, 'blobs', sha256.slice(0, 2), sha256);

/** FORGE-R026 for a directory that holds no backup. */
export async function readManifest(directory: string): Promise<BackupManifest> {
  const text = await readFile(path.join(directory, manifestName), 'utf8').catch((error: Error) => {
    throw damaged(`\`${directory}\` holds no whole backup: ${error.message}`);
  });
  return parse(manifestName, manifestSchema, text);
}

/** FORGE-R026 for others than those that were written. */
export async function readSecrets(
  directory: string,
  { secrets }: BackupManifest,
): Promise<KeptSecrets> {
  const bytes = await readWhole(path.join(directory, secretsName), secrets, 'the keys');
  return parse(secretsName, secretsSchema, bytes.toString('utf8'));
}

/** A file of a backup, which `what` says in words. FORGE-R026 where it is not there, or has another sha256. */
export async function readWhole(file: string, sha256: string, what: string): Promise<Buffer> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw damaged(`${what} cannot be read: ${error.message}`);
  });
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  throw damaged(`${what} are not as they were written`);
}

export function damaged(what: string): ForgeError {
  return new ForgeError('FORGE-R026', { what });
}

function parse<Value>(name: string, schema: z.ZodType<Value>, text: string): Value {
  const parsed = schema.safeParse(toJson(text));
  if (parsed.success) return parsed.data;
  throw damaged(`\`${name}\` is not as it was written: ${z.prettifyError(parsed.error)}`);
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The same answer as for JSON of another shape.
    return undefined;
  }
}
