import { readFileSync } from 'node:fs';

/** Requests in flight at once, the same for every server. */
const clients = 8;

/** What many requests of one kind took. */
export interface Load {
  /** Requests that were made. */
  readonly requests: number;
  /** Turns that every client had. */
  readonly turns: number;
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
  const work = async (client: number): Promise<number> => {
    for (let turn = 0; ; turn += 1) {
      const begun = performance.now();
      const asked = begun - start > withinMs ? null : next(client, turn);
      if (!asked) return turn;
      const failure = await failureOf(asked, () => next(client, turn));
      times.push(performance.now() - begun);
      if (failure) failures.push(failure);
    }
  };
  const turns = await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const cpu = (processorMs(pid) - cpuBefore) / times.length;
  const made = { requests: times.length, turns: Math.min(...turns) };
  return { ...made, ...summarize(times, failures, performance.now() - start), cpu };
}

/** Tries of one request; servers end idle connections at the moment at which they are used again, or refuse new ones. */
const tries = 10;

/** What became of a request, once all of its answer is here. */
async function failureOf(
  asked: Promise<Response>,
  again: () => Promise<Response> | null,
  left = tries,
): Promise<string | undefined> {
  try {
    const answer = await asked;
    const body = await answer.arrayBuffer();
    return answer.ok ? undefined : `${answer.status} ${Buffer.from(body).toString().slice(0, 150)}`;
  } catch (error) {
    const next = left > 1 ? again() : null;
    return next ? failureOf(next, again, left - 1) : causeOf(error);
  }
}

/** The message of `fetch` alone does not say what happened. */
function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
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
