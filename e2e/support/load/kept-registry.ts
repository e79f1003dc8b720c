import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repository } from '../repository';

/** A server process over a store that outlives it. */
export interface KeptRegistry {
  readonly url: string;
  /** As a loss of power would, but for what the system had taken already. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const startWithin = 60_000;
/** Of every server over one store, so that publishers go on as they were. */
export const token = 'token_of_all_publishers_0123456789';

/** Starts `forge-registry serve` with these options and variables; the ready file is in `directory`, by the server's name. */
export async function startKeptRegistry(
  directory: string,
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
  name = 'registry',
): Promise<KeptRegistry> {
  const ready = join(directory, `${name}-ready.json`);
  const server = spawn(
    process.execPath,
    [
      ...[join(repository, 'packages/registry/bin/forge-registry.js'), 'serve', '--quiet'],
      ...['--port', '0', '--ready-file', ready, ...options],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, FORGE_TOKEN: token, ...env } },
  );
  const deadline = Date.now() + startWithin;
  while (!existsSync(ready)) {
    if (server.exitCode !== null || Date.now() > deadline)
      throw new Error('the registry does not start');
    await pause(20);
  }
  const { url } = JSON.parse(readFileSync(ready, 'utf8')) as { url: string };
  rmSync(ready);
  return {
    url,
    kill: () => ended(server, 'SIGKILL'),
    stop: () => ended(server, 'SIGTERM'),
  };
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const end = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await end;
}
