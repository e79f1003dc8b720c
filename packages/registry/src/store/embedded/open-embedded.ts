import { readdir, rename, rm } from 'node:fs/promises';
import type { Database } from '../database';
import type { Migration } from '../migrations';
import { asDatabase } from './as-database';
import { writeCluster } from './cluster-image';
import { clusterInMemory } from './cluster-in-memory';
import { startEngine } from './engine';
import { makeTemplate, schemaName } from './make-template';
import { loadTemplate } from './template';

/** The embedded PostgreSQL, in a directory or, without one, in memory. A fresh one has this schema already. */
export async function openEmbedded(
  directory: string | undefined,
  schema: readonly Migration[],
): Promise<Database> {
  const template = () => loadTemplate(schemaName(schema), () => makeTemplate(schema));
  if (directory === undefined)
    return asDatabase(await startEngine({ fs: clusterInMemory(await template()) }));
  if (await isFresh(directory)) {
    // In place as a whole, so that no crash leaves half of it.
    const written = `${directory}.new`;
    await rm(written, { recursive: true, force: true });
    await writeCluster(await template(), written);
    await rm(directory, { recursive: true, force: true });
    await rename(written, directory);
  }
  return asDatabase(await startEngine({ dataDir: directory }));
}

/** Whether no database is there yet. */
export async function isFresh(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
