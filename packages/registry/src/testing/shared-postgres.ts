import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '../store/migrate';
import { openPostgres } from '../store/postgres';
import type { PostgresCluster } from './postgres-cluster';
import { startPostgresServer, stopPostgresServer, type PostgresServer } from './postgres-server';

/** What a suite has of the server that all suites of a run share. */
export interface SharedPostgres extends PostgresCluster {
  /** URL of a new database with the schema and no rows. */
  createStore(): Promise<string>;
}

const template = 'registry_template';

/**
 * Joins the server that all suites of a run of jest share: to make a cluster takes a processor a second. The first
 * suite that needs it starts it, in whatever process that is; `jest/stop-postgres.js` ends it.
 */
export async function joinSharedPostgres(): Promise<SharedPostgres> {
  const { url } = await findServer(sharedDirectory());
  const admin = await openPostgres(`${url}/postgres`);
  const made: string[] = [];
  const create = async (origin: string) => {
    const name = `registry_${randomUUID().replaceAll('-', '')}`;
    await admin.exec(`create database ${name} template ${origin}`);
    made.push(name);
    return `${url}/${name}`;
  };
  return {
    createDatabase: () => create('template1'),
    createStore: () => create(template),
    async stop() {
      for (const name of made) await admin.exec(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}

/** Made by `jest/share-postgres.js` before any suite runs. */
function sharedDirectory(): string {
  const directory = process.env['FORGE_SHARED_POSTGRES'];
  if (directory === undefined) throw new Error('this run of jest shares no PostgreSQL');
  return directory;
}

const startWithinMs = 60_000;

/** The file says where it is as soon as it is ready; who may make the directory starts it. */
async function findServer(directory: string): Promise<PostgresServer> {
  const [file, latch] = [path.join(directory, 'server.json'), path.join(directory, 'starting')];
  const deadline = Date.now() + startWithinMs;
  while (!existsSync(file)) {
    if (isFirst(latch)) return start(file, latch);
    if (Date.now() > deadline) throw new Error('nobody starts PostgreSQL');
    await pause(50);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as PostgresServer;
}

function isFirst(latch: string): boolean {
  try {
    mkdirSync(latch);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function start(file: string, latch: string): Promise<PostgresServer> {
  let server: PostgresServer | undefined;
  try {
    server = await startPostgresServer();
    // Before anything else, so that it is stopped whatever comes.
    writeFileSync(`${file}.new`, JSON.stringify(server));
    await makeTemplate(server);
    renameSync(`${file}.new`, file);
    return server;
  } catch (error) {
    if (server) {
      stopPostgresServer(server);
      rmSync(`${file}.new`, { force: true });
    }
    // Who waits may try.
    rmSync(latch, { recursive: true });
    throw error;
  }
}

async function makeTemplate({ url }: PostgresServer): Promise<void> {
  const admin = await openPostgres(`${url}/postgres`);
  await admin.exec(`create database ${template}`);
  await admin.close();
  const db = await openPostgres(`${url}/${template}`);
  await migrate(db).finally(() => db.close());
}
