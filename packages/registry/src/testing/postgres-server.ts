import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresBinaries } from './postgres-binaries';

/** A PostgreSQL server of our own that runs; plain data, so that another process can ask and stop it. */
export interface PostgresServer {
  /** Without the name of a database. */
  readonly url: string;
  readonly directory: string;
}

/**
 * Starts a cluster in a temporary directory that listens on 127.0.0.1 only. PostgreSQL refuses to run as root, so
 * for root it runs as `nobody`. Nothing is synced to the disk: it does not outlive a test.
 */
export async function startPostgresServer(): Promise<PostgresServer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'forge-postgres-'));
  const user = unprivileged();
  if (user) chownSync(directory, user.uid, user.gid);
  const cluster = path.join(directory, 'cluster');
  const log = path.join(directory, 'log');
  const port = await freePort();
  const given = ['-U', 'forge', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'];
  run(directory, 'initdb', '-D', cluster, ...given);
  const settings = `-F -p ${port} -k ${directory} -c listen_addresses=127.0.0.1`;
  run(directory, 'pg_ctl', '-D', cluster, '-l', log, '-o', settings, '-w', 'start');
  return { url: `postgres://forge@127.0.0.1:${port}`, directory };
}

/** Ends it at once, with whoever is connected, and leaves nothing of it. */
export function stopPostgresServer({ directory }: PostgresServer): void {
  run(directory, 'pg_ctl', '-D', path.join(directory, 'cluster'), '-m', 'immediate', 'stop');
  rmSync(directory, { recursive: true });
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` of Debian and most others. */
function unprivileged(): User | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}

function run(cwd: string, program: string, ...args: string[]): void {
  const binaries = postgresBinaries();
  if (binaries === undefined) throw new Error('PostgreSQL is not installed');
  const { status, stderr, error } = spawnSync(path.join(binaries, program), args, {
    ...unprivileged(),
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
