import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { token, type Contest, type Paths } from './contests';
import { clientCount, drive, residentMegabytes, type Load } from './load';
import { startServer, type ServerProgram } from './servers';

export interface Amount {
  readonly packages: number;
  readonly versions: number;
  /** Of each kind of reading. */
  readonly reads: number;
}

/** What one server did in one contest. */
export interface Measured {
  readonly name: string;
  readonly startMs: number;
  readonly publish: Load;
  readonly reads: Readonly<Record<string, Load>>;
  readonly idleMegabytes: number;
  /** After everything. */
  readonly megabytes: number;
}

/** Starts the server on nothing, publishes all of it, and reads from all over it. */
export async function measure(
  program: ServerProgram,
  { upload }: Contest,
  paths: Paths,
  amount: Amount,
): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'forge-bench-registry-'));
  const server = await startServer(program, directory);
  try {
    const idleMegabytes = residentMegabytes(server.pid);
    const send = (path: string) => fetch(`${server.url}${path}`);
    const publish = await publishAll(server.pid, amount, (name, version) =>
      sendUpload(server.url, { upload, ours: paths }, name, version),
    );
    const reads: Record<string, Load> = {};
    const held = { ...amount, packages: completePackages(amount, publish) };
    for (const [kind, pathOf] of Object.entries(paths.reads))
      reads[kind] = await readAll(server.pid, held, (name, version) => send(pathOf(name, version)));
    const megabytes = residentMegabytes(server.pid);
    const { startMs } = server;
    return { name: program.name, startMs, publish, reads, idleMegabytes, megabytes };
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

export function sendUpload(
  url: string,
  { upload, ours }: Pick<Contest, 'upload' | 'ours'>,
  name: string,
  version: string,
): Promise<Response> {
  const { method, headers, body } = upload(name, version);
  const authorization = `Bearer ${token}`;
  const sent = { method, headers: { ...headers, authorization }, body: Buffer.from(body) };
  return fetch(`${url}${ours.publish(name)}`, sent);
}

type Ask = (name: string, version: string) => Promise<Response>;

/** Where the time was over, the first of them, as far as the slowest client came. */
function completePackages({ packages, versions }: Amount, { requests, turns }: Load): number {
  if (requests === packages * versions) return packages;
  return Math.max(1, Math.floor(turns / versions) * clientCount);
}

/** The versions of a package come one after the other, from one client, as they do from people. */
export function publishAll(pid: number, { packages, versions }: Amount, ask: Ask): Promise<Load> {
  const next = (client: number, turn: number) => {
    const at = Math.floor(turn / versions) * clientCount + client;
    return at < packages ? ask(nameOf(at), `1.${turn % versions}.0`) : null;
  };
  return drive(pid, next, longestPublishMs);
}

/** In an order that comes back to a package only after all the others. */
export function readAll(
  pid: number,
  { packages, versions, reads }: Amount,
  ask: Ask,
): Promise<Load> {
  const next = (client: number, turn: number) => {
    const at = turn * clientCount + client;
    const version = `1.${Math.floor(at / packages) % versions}.0`;
    return at < reads ? ask(nameOf((at * 7919) % packages), version) : null;
  };
  return drive(pid, next, longestReadMs);
}

/** Some servers become slow with what they hold: they hold less, then, of what is read. */
const longestPublishMs = 600_000;
/** One kind of reading. */
const longestReadMs = 60_000;

export function nameOf(at: number): string {
  return `bench${String(at).padStart(5, '0')}`;
}
