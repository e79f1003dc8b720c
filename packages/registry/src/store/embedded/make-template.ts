import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../migrate';
import type { Migration } from '../migrations';
import { packCluster, writeCluster, type ClusterImage } from './cluster-image';
import { asDatabase } from './as-database';
import { startEngine } from './engine';
import { loadTemplate } from './template';

/**
 * Files of the log of 1 MB: there is always one, and by default it would be larger than all the rest of a cluster.
 */
const initdb = ['--wal-segsize=1'];

/** What names a template: the same for the same statements, whatever the steps are called. */
export function schemaName(schema: readonly Migration[]): string {
  const made = [initdb, dropTemplates, schema];
  return createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16);
}

/** A cluster with this schema and nothing else. It was shut down, so there is nothing to recover when it is opened. */
export async function makeTemplate(schema: readonly Migration[]): Promise<ClusterImage> {
  const directory = await mkdtemp(path.join(tmpdir(), 'forge-registry-'));
  const dataDir = path.join(directory, 'pg');
  try {
    if (schema.length === 0) await makeBare(dataDir);
    else await makeMigrated(dataDir, schema);
    return await packCluster(dataDir);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Nobody creates a database here, and each of these two is as large as our own. */
const dropTemplates = ['template0', 'template1'].flatMap((name) => [
  `alter database ${name} is_template false`,
  `drop database ${name}`,
]);

async function makeBare(dataDir: string): Promise<void> {
  const engine = await startEngine({ dataDir, initDbStartParams: initdb });
  for (const statement of dropTemplates) await engine.exec(statement);
  await engine.close();
}

async function makeMigrated(dataDir: string, schema: readonly Migration[]): Promise<void> {
  await writeCluster(await loadTemplate(schemaName([]), () => makeTemplate([])), dataDir);
  const engine = await startEngine({ dataDir });
  await migrate(asDatabase(engine), schema);
  await engine.close();
}
