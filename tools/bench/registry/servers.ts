import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server program that is measured. */
export interface ServerProgram {
  readonly name: string;
  argv(port: number, directory: string): readonly [program: string, ...args: string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Asked until there is an answer, whatever it is. */
  readonly probe: string;
}

export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  /** Until it answered for the first time. */
  readonly startMs: number;
  stop(): Promise<void>;
}

const startWithin = 60_000;

export async function startServer(
  program: ServerProgram,
  directory: string,
): Promise<RunningServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const [command, ...args] = program.argv(port, directory);
  const child = spawn(command, args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...program.env },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  while (!(await answers(`${url}${program.probe}`))) {
    if (child.exitCode !== null || performance.now() - begun > startWithin) {
      child.kill('SIGKILL');
      throw new Error(`${program.name} does not start: ${said}`);
    }
    await pause(10);
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    url,
    pid: child.pid ?? 0,
    startMs: performance.now() - begun,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
