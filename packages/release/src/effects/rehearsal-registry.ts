import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { ForgeError } from '@forge/ecosystems';
import { registryScript } from './registry-script';

/** A registry on this machine that lives as long as a rehearsal. */
export interface RehearsalRegistry {
  /** On loopback, without a trailing slash. */
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

const startWithin = 60_000;

/**
 * Starts the registry server as a process of its own, in memory and on a free port. It sees none of this process's
 * tokens. `directory` is private and exists. FORGE-W002 when it does not come up.
 */
export async function startRehearsalRegistry(
  root: string,
  directory: string,
): Promise<RehearsalRegistry> {
  const ready = join(directory, 'registry.json');
  const options = ['--host', '127.0.0.1', '--port', '0', '--memory', '--quiet'];
  const server = execa(
    process.execPath,
    [registryScript(root), 'serve', ...options, '--ready-file', ready],
    {
      cwd: directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: directory },
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      all: true,
    },
  );
  let ended = false;
  void server.then(() => (ended = true));
  const deadline = Date.now() + startWithin;
  while (!existsSync(ready)) {
    if (ended) throw notStarted((await server).all);
    if (Date.now() > deadline) {
      server.kill('SIGKILL');
      throw notStarted(`it takes no requests after ${startWithin / 1000} s`);
    }
    await pause(25);
  }
  const { url, token } = JSON.parse(readFileSync(ready, 'utf8')) as RehearsalRegistry;
  return {
    url,
    token,
    async stop() {
      server.kill('SIGTERM');
      await server;
    },
  };
}

function notStarted(reason: string): ForgeError {
  return new ForgeError('FORGE-W002', {
    what: `the registry of the rehearsal does not start: ${reason.trim()}`,
  });
}
