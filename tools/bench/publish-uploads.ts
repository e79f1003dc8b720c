import { join } from 'node:path';
import { runOk, userEnvironment } from '../../e2e/support/run';
import type { Figure } from './figures';
import { startSlowRegistry } from './publish-slow-registry';
import { packedPackages, type PackedWorkspace } from './publish-packed-packages';

const count = 60;
const many = 600;
const depth = 5;
const uploadMs = 200;
/** How many uploads the engine runs side by side. */
const width = 8;
const samples = 3;

interface Sample {
  readonly ms: number;
  /** Milliseconds on a processor. */
  readonly cpu: number;
  /** What is still held on to at the end, beyond what was there at the start. */
  readonly heldMb: number;
  /** The most memory that the process ever had. */
  readonly residentMb: number;
}

/** A release whose time is its uploads: how close the engine comes to the best order that there is for them. */
export async function publishUploads(): Promise<Figure[]> {
  const registry = await startSlowRegistry();
  const small = packedPackages(count, depth);
  const large = packedPackages(many, depth);
  try {
    const env = userEnvironment({ url: registry.url, token: 'bench' }, process.env['PATH'] ?? '');
    const sample = async ({ root }: PackedWorkspace, delay: number): Promise<Sample> => {
      registry.begin(delay);
      const script = join(__dirname, 'publish-uploads-sample.cjs');
      return JSON.parse(
        await runOk(process.execPath, ['--expose-gc', script, root], {
          cwd: root,
          env,
        }),
      ) as Sample;
    };
    const slow = await medianOf(() => sample(small, uploadMs));
    const quick = await medianOf(() => sample(small, 0));
    const [few, more] = [await sample(small, 1), await sample(large, 1)];
    const critical = criticalRounds(small) * uploadMs;
    const what = `${count} packages in a graph of depth ${depth}`;
    return [
      {
        what: `${what}, uploads of ${uploadMs} ms`,
        ...{ value: slow.ms, unit: 'ms', baseline: critical, bar: 1.1 * critical },
      },
      { what: `  the critical path, ${width} side by side`, value: critical, unit: 'ms' },
      {
        what: '  of the engine, for each package',
        ...{ value: quick.cpu / count, unit: 'ms', wall: quick.ms / count, bar: 20 },
      },
      {
        what: `held on to after ${many} packages of 256 kB, and after ${count}`,
        ...{ value: more.heldMb, unit: 'MB', baseline: few.heldMb, bar: few.heldMb + 4 },
      },
      {
        what: '  the most memory of the process',
        ...{ value: more.residentMb, unit: 'MB', baseline: few.residentMb },
      },
    ];
  } finally {
    small.remove();
    large.remove();
    await registry.close();
  }
}

/** The sample whose time on the clock is the median. */
async function medianOf(measure: () => Promise<Sample>): Promise<Sample> {
  const taken: Sample[] = [];
  for (let at = 0; at < samples; at += 1) taken.push(await measure());
  taken.sort((a, b) => a.ms - b.ms);
  return taken[Math.floor(samples / 2)] as Sample;
}

/**
 * How many uploads stand one after the other at least, when `width` run at once: in each round the packages with the
 * longest chains behind them go first, which is the best there is for packages that need one another in trees (Hu).
 */
function criticalRounds({ needs }: PackedWorkspace): number {
  const behind = needs.map(() => 0);
  for (let at = needs.length - 1; at >= 0; at -= 1)
    for (const need of needs[at] ?? [])
      behind[need] = Math.max(behind[need] ?? 0, (behind[at] ?? 0) + 1);
  const done = new Set<number>();
  let rounds = 0;
  for (; done.size < needs.length; rounds += 1) {
    const ready = [...needs.keys()]
      .filter((at) => !done.has(at) && (needs[at] ?? []).every((need) => done.has(need)))
      .sort((a, b) => (behind[b] ?? 0) - (behind[a] ?? 0));
    for (const at of ready.slice(0, width)) done.add(at);
  }
  return rounds;
}
