import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPostgres } from '../store/postgres';
import { postgresBinaries } from './postgres-binaries';

/** A PostgreSQL server of our own, that nobody else uses. */
export interface PostgresCluster {
  /** URL of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a cluster in a temporary directory that listens on 127.0.0.1 only. PostgreSQL refuses to run as root, so
 * for root it runs as `nobody`. Nothing is synced to the disk: it does not outlive a test.
 */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const binaries = postgresBinaries();
  if (binaries === undefined) throw new Error('PostgreSQL is not installed');
  const directory = mkdtempSync(path.join(tmpdir(), 'forge-postgres-'));
  const user = unprivileged();
  if (user) chownSync(directory, user.uid, user.gid);
  const run = (program: string, ...args: string[]) =>
    runAs(user, path.join(binaries, program), args, directory);
  const cluster = path.join(directory, 'cluster');
  const log = path.join(directory, 'log');
  const port = await freePort();
  run('initdb', '-D', cluster, '-U', 'forge', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N');
  const settings = `-F -p ${port} -k ${directory} -c listen_addresses=127.0.0.1`;
  run('pg_ctl', '-D', cluster, '-l', log, '-o', settings, '-w', 'start');
  const server = `postgres://forge@127.0.0.1:${port}`;
  const admin = await openPostgres(`${server}/postgres`);
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      await admin.exec(`create database registry_${databases}`);
      return `${server}/registry_${databases}`;
    },
    async stop() {
      await admin.close();
      run('pg_ctl', '-D', cluster, '-m', 'immediate', 'stop');
      rmSync(directory, { recursive: true });
    },
  };
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` of Debian and most others. */
function unprivileged(): User | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}

function runAs(user: User | undefined, program: string, args: string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(program, args, {
    ...user,
    cwd,
    encoding: 'utf8',
    // The server keeps what it inherits open, so a pipe would never end.
    stdio: ['ignore', 'ignore', program.endsWith('pg_ctl') ? 'ignore' : 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status !== 0) throw error ?? new Error(`${program} ends with ${status}: ${stderr}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
