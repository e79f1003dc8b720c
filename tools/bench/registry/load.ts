import { readFileSync } from 'node:fs';

/** Requests in flight at once, the same for every server. */
const clients = 8;

/** What many requests of one kind took. */
export interface Load {
  /** Requests that were answered as they should be, each second. */
  readonly rate: number;
  /** Milliseconds within which half, 95 and 99 of a hundred were answered. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Milliseconds that the server was on processors for each, which does not depend on who else is busy. */
  readonly cpu: number;
  /** Of the first ones that failed. */
  readonly failures: readonly string[];
}

/** Each client makes its own share one after the other; `null` ends it, and so does the time. */
export async function drive(
  pid: number,
  next: (client: number, turn: number) => Promise<Response> | null,
  withinMs = Number.POSITIVE_INFINITY,
): Promise<Load> {
  const times: number[] = [];
  const failures: string[] = [];
  const cpuBefore = processorMs(pid);
  const start = performance.now();
  const work = async (client: number): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const begun = performance.now();
      const asked = begun - start > withinMs ? null : next(client, turn);
      if (!asked) return;
      // A server may end an idle connection at the very moment at which it is used again.
      const answer = await asked.catch(async () => (await next(client, turn)) ?? Response.error());
      const body = await answer.arrayBuffer();
      times.push(performance.now() - begun);
      if (!answer.ok)
        failures.push(`${answer.status} ${Buffer.from(body).toString().slice(0, 150)}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const cpu = (processorMs(pid) - cpuBefore) / times.length;
  return { ...summarize(times, failures, performance.now() - start), cpu };
}

export const clientCount = clients;

function summarize(times: number[], failures: readonly string[], tookMs: number) {
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  const rate = ((times.length - failures.length) / tookMs) * 1000;
  return { rate, p50: at(0.5), p95: at(0.95), p99: at(0.99), failures: failures.slice(0, 3) };
}

/** Megabytes of a process and those that it started, now. */
export function residentMegabytes(pid: number): number {
  const children = readText(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  const own = /VmRSS:\s+(\d+) kB/.exec(readText(`/proc/${pid}/status`))?.[1] ?? '0';
  return (
    Number(own) / 1024 + children.reduce((sum, each) => sum + residentMegabytes(Number(each)), 0)
  );
}

/** Milliseconds that a process was on processors so far; what it started and still runs is not in it. */
function processorMs(pid: number): number {
  const [user, system] =
    readText(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ').slice(11, 13) ?? [];
  return (Number(user ?? 0) + Number(system ?? 0)) * 10;
}

/** Empty for a process that has ended meanwhile. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
