import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadExeca } from './execa';
import { ForgeError } from '@forge/ecosystems';
import { registryScript } from './registry-script';
import { userCache } from './user-cache';

/** A registry on this machine that lives as long as a rehearsal. */
export interface RehearsalRegistry {
  /** On loopback, without a trailing slash. */
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Registries that it may ask for what is not published to it. */
export interface RehearsalOutside {
  /** As `forge-registry --upstream` takes them. */
  readonly upstreams: readonly string[];
  /** Names by ecosystem that are never asked for outside. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
}

const startWithin = 60_000;

/**
 * Starts the registry server as a process of its own, in memory and on a free port. It sees none of this process's
 * tokens. `directory` is private and exists. It asks nobody else but whom `outside` names; then it alone reaches out,
 * the tools do not. FORGE-W002 when it does not come up.
 */
export async function startRehearsalRegistry(
  root: string,
  directory: string,
  outside?: RehearsalOutside,
): Promise<RehearsalRegistry> {
  const ready = join(directory, 'registry.json');
  const options = ['--host', '127.0.0.1', '--port', '0', '--memory', '--quiet'];
  const asking = outside ? outsideOptions(directory, outside) : { options: [], env: {} };
  const server = loadExeca()(
    process.execPath,
    [registryScript(root), 'serve', ...options, ...asking.options, '--ready-file', ready],
    {
      cwd: directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: directory, ...asking.env },
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

/**
 * A company's own certificates count where the world outside is asked. What was fetched once is there for rehearsals
 * without a network.
 */
function outsideOptions(directory: string, { upstreams, claims }: RehearsalOutside) {
  const file = join(directory, 'claims.json');
  writeFileSync(file, JSON.stringify(claims));
  const cache = userCache('upstream');
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  return {
    options: [
      ...['--claims', file],
      ...(cache === undefined ? [] : ['--upstream-cache', cache]),
      ...upstreams.flatMap((each) => ['--upstream', each]),
    ],
    env: certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates },
  };
}

function notStarted(reason: string): ForgeError {
  return new ForgeError('FORGE-W002', {
    what: `the registry of the rehearsal does not start: ${reason.trim()}`,
  });
}
