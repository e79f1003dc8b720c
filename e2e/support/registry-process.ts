import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repository } from './repository';

export interface RegistryProcess {
  readonly url: string;
  readonly token: string;
  /** Of every user, `forge` among them. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Everything that arrived, in the order of arrival. */
  arrivals(): Promise<readonly Arrival[]>;
  /** Requests so far, oldest first. */
  requests(): readonly {
    readonly method: string;
    readonly path: string;
    readonly status: number;
  }[];
  /** May be called twice. */
  stop(): Promise<void>;
}

export interface Arrival {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly files: readonly {
    readonly filename: string;
    readonly sha256: string;
    readonly size: number;
  }[];
}

const startWithin = 30_000;

/** Bundler 2.3 takes these numbers for the status of an answer wherever they stand in a message, in a port as well. */
const misleading = /40[13]/;

/**
 * The registry as users start it: a process of its own, on a free port of this machine, in memory or over a
 * PostgreSQL database; with further users beside `forge` where they are named, and further options of the command line.
 */
export async function startRegistryProcess(
  users: readonly string[] = [],
  options: readonly string[] = [],
  database?: string,
): Promise<RegistryProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'forge-registry-'));
  const ready = join(directory, 'ready.json');
  const log = join(directory, 'requests.jsonl');
  const tokens = Object.fromEntries(users.map((user) => [user, `token_of_${user}_0123456789`]));
  const variables = Object.fromEntries(
    users.map((user) => [`TOKEN_OF_${user}`, tokens[user] ?? '']),
  );
  const kept = database === undefined ? {} : { FORGE_DATABASE_URL: database };
  const server = spawn(
    process.execPath,
    [
      join(repository, 'packages/registry/bin/forge-registry.js'),
      'serve',
      '--port',
      '0',
      ...(database === undefined ? ['--memory'] : ['--data', join(directory, 'data')]),
      '--ready-file',
      ready,
      '--log',
      log,
      ...users.flatMap((user) => ['--user', `${user}:TOKEN_OF_${user}`]),
      ...options,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...variables, ...kept } },
  );
  const deadline = Date.now() + startWithin;
  // The file is there before its text is.
  while (!existsSync(ready) || statSync(ready).size === 0) {
    if (server.exitCode !== null || Date.now() > deadline)
      throw new Error('the registry does not start');
    await pause(50);
  }
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  let stopped: Promise<void> | undefined;
  const { url, token } = JSON.parse(readFileSync(ready, 'utf8')) as { url: string; token: string };
  if (misleading.test(url)) {
    await stop();
    return startRegistryProcess(users, options, database);
  }
  return {
    url,
    token,
    tokens: { ...tokens, forge: token },
    async arrivals() {
      const response = await fetch(`${url}/api/v1/versions`);
      return ((await response.json()) as { versions: Arrival[] }).versions;
    },
    requests: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { method: string; path: string; status: number }),
    stop: () => (stopped ??= stop()),
  };
}
