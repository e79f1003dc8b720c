import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../e2e/support/repository';
import type { Figure } from './figures';
import { contests, forgeRegistry, type Contest } from './registry/contests';
import type { Load } from './registry/load';
import { measure, type Amount, type Measured } from './registry/measure';

/** `FORGE_BENCH_PACKAGES` and `FORGE_BENCH_CONTESTS` (`npm,cargo`) make it smaller. */
const packages = Number(process.env['FORGE_BENCH_PACKAGES'] ?? 1000);
const amount: Amount = { packages, versions: 20, reads: Math.min(20_000, packages * 20) };
const wanted = process.env['FORGE_BENCH_CONTESTS']?.split(',');
/** Where the other servers are installed; kept, so that the next run does not install them again. */
const scratch = process.env['FORGE_BENCH_SCRATCH'] ?? join(repository, 'tmp/bench-registry');

/**
 * Our registry and a server of one ecosystem, one after the other, by the same client: what a publish and a read take,
 * with the figures of the other one as bars.
 */
export async function registry(): Promise<Figure[]> {
  mkdirSync(scratch, { recursive: true });
  const figures: Figure[] = [];
  for (const contest of contests.filter(({ protocol }) => wanted?.includes(protocol) ?? true)) {
    const rival = contest.rival.install(scratch);
    const theirs = await measure(rival, contest, contest.theirs, amount);
    const ours = await measure(forgeRegistry, contest, contest.ours, amount);
    for (const each of [theirs, ours]) console.log(describe(contest, each));
    figures.push(...compare(contest, ours, theirs));
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
    const what = `${protocol} ${kind}, beside ${rival.name}`;
    return [{ what, value: 1000 / load.rate, unit: 'ms', baseline, bar: baseline }];
  });
}

function describe({ protocol }: Contest, measured: Measured): string {
  const { name, startMs, publish, reads, idleMegabytes, megabytes } = measured;
  const lines = [['publish', publish] as const, ...Object.entries(reads)].map(([kind, load]) => {
    return `  ${kind.padEnd(9)} ${loadText(load)}`;
  });
  const memory = `${idleMegabytes.toFixed(0)} MB idle, ${megabytes.toFixed(0)} MB at the end`;
  const head = `${name}, ${protocol}, ${amount.packages} × ${amount.versions}: answers after ${startMs.toFixed(0)} ms, ${memory}`;
  return [head, ...lines].join('\n');
}

function loadText({ rate, p50, p95, p99, failures }: Load): string {
  const [half, most, nearlyAll] = [p50, p95, p99].map((each) => each.toFixed(1));
  const failed = failures.length > 0 ? `, failures: ${failures.join('; ')}` : '';
  return `${rate.toFixed(0)}/s, ${half} / ${most} / ${nearlyAll} ms (50, 95, 99 %)${failed}`;
}
