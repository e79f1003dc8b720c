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

/** Whatever database the caller has for himself, this is none of it. */
const alone = { FORGE_DATABASE_URL: '', FORGE_TOKEN: token };

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
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...alone, ...env } },
  );
  const deadline = Date.now() + startWithin;
  while (!existsSync(ready)) {
    if (isOver(server) || Date.now() > deadline) {
      server.kill('SIGKILL');
      throw new Error('the registry does not start');
    }
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

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (isOver(server)) return;
  const end = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await end;
}
