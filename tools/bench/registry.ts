import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../e2e/support/repository';
import { postgresBinaries } from '../../packages/registry/src/testing/postgres-binaries';
import { startPostgresCluster } from '../../packages/registry/src/testing/postgres-cluster';
import type { Figure } from './figures';
import { contests, forgeRegistry, type Contest } from './registry/contests';
import type { Load } from './registry/load';
import { measure, type Amount, type Measured } from './registry/measure';

/**
 * Packages, with twenty versions each: `registry=1000` asks for the whole of it, which takes most of an hour. A server has
 * ten minutes for all publishes.
 */
const fewPackages = 50;
const amountOf = (packages: number): Amount => {
  return { packages, versions: 20, reads: Math.min(20_000, packages * 20) };
};
/** `FORGE_BENCH_CONTESTS` (`npm,cargo`) leaves the others out. */
const wanted = process.env['FORGE_BENCH_CONTESTS']?.split(',');
/** Where the other servers are installed; kept, so that the next run does not install them again. */
const scratch = process.env['FORGE_BENCH_SCRATCH'] ?? join(repository, 'tmp/bench-registry');

/**
 * A server of one ecosystem and our registry, on the embedded database and on PostgreSQL where that is installed, one
 * after the other, by the same client: what a publish and a read take, with the figures of the other one as bars.
 */
export async function registry(packages = fewPackages): Promise<Figure[]> {
  mkdirSync(scratch, { recursive: true });
  const amount = amountOf(packages);
  const cluster = postgresBinaries() === undefined ? undefined : await startPostgresCluster();
  const figures: Figure[] = [];
  try {
    for (const contest of contests.filter(({ protocol }) => wanted?.includes(protocol) ?? true)) {
      const theirs = await measure(contest.rival.install(scratch), contest, contest.theirs, amount);
      console.log(describe(contest, amount, theirs));
      for (const database of [undefined, ...(cluster ? [await cluster.createDatabase()] : [])]) {
        const ours = await measure(forgeRegistry(database), contest, contest.ours, amount);
        console.log(describe(contest, amount, ours));
        figures.push(...compare(contest, ours, theirs));
      }
    }
  } finally {
    await cluster?.stop();
  }
  return figures;
}

function compare({ protocol, rival }: Contest, ours: Measured, theirs: Measured): Figure[] {
  const loads = [
    ['publish', ours.publish, theirs.publish] as const,
    ...Object.entries(ours.reads).map(([kind, load]) => [kind, load, theirs.reads[kind]] as const),
  ];
  return loads.flatMap(([kind, load, other]): Figure[] => {
    if (load.failures.length > 0)
      throw new Error(`${protocol} ${kind}: ${load.failures.join('; ')}`);
    if (!other || other.failures.length > 0) return [];
    const baseline = 1000 / other.rate;
    const what = `${protocol} ${kind}, ${ours.name} beside ${rival.name}`;
    return [{ what, value: 1000 / load.rate, unit: 'ms', baseline, bar: baseline }];
  });
}

function describe({ protocol }: Contest, amount: Amount, measured: Measured): string {
  const { name, startMs, publish, reads, idleMegabytes, megabytes } = measured;
  const lines = [['publish', publish] as const, ...Object.entries(reads)].map(([kind, load]) => {
    return `  ${kind.padEnd(9)} ${loadText(load)}`;
  });
  const memory = `${idleMegabytes.toFixed(0)} MB idle, ${megabytes.toFixed(0)} MB at the end`;
  const head = `${name}, ${protocol}, ${amount.packages} × ${amount.versions}: answers after ${startMs.toFixed(0)} ms, ${memory}`;
  return [head, ...lines].join('\n');
}

function loadText({ requests, rate, p50, p95, p99, cpu, failures }: Load): string {
  const [half, most, nearlyAll] = [p50, p95, p99].map((each) => each.toFixed(1));
  const failed = failures.length > 0 ? `, failures: ${failures.join('; ')}` : '';
  return `${requests} at ${rate.toFixed(0)}/s, ${half} / ${most} / ${nearlyAll} ms (50, 95, 99 %), ${cpu.toFixed(2)} ms on a processor${failed}`;
}
