import { openPostgres } from '../store/postgres';
import { startPostgresServer, stopPostgresServer } from './postgres-server';

/** A PostgreSQL server for tests. */
export interface PostgresCluster {
  /** URL of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one that nobody else uses. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const server = await startPostgresServer();
  const admin = await openPostgres(`${server.url}/postgres`);
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      await admin.exec(`create database registry_${databases}`);
      return `${server.url}/registry_${databases}`;
    },
    async stop() {
      await admin.close();
      stopPostgresServer(server);
    },
  };
}
