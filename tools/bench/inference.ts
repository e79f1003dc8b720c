import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Figure } from './figures';
import { kinds, writeWorkspace } from './workspaces';

/** Milliseconds on a processor and on the clock. */
type Time = readonly [cpu: number, wall: number];

/** What fresh processes measured. */
interface Sample {
  readonly entry: Time;
  readonly cold: Time;
  readonly warm: Time;
  readonly readAndParse: Time;
  readonly edges: number;
}

const samples = 7;
const coldBars: Readonly<Record<string, number>> = { 'one ecosystem': 50, 'six ecosystems': 150 };

/**
 * Time inside the plugin: `createNodes` and `createDependencies` for 1,000 and 10,000 manifests, each sample
 * in a fresh process. Reading and parsing alone is measured in processes of its own, in the same run. Figures
 * are time on a processor, since the plugin never waits; the clock stands beside them.
 */
export function inference(): Figure[] {
  const directory = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  try {
    const figures = Object.entries(kinds).flatMap(([kind, templates]) => {
      const [small, large] = [1000, 10_000].map((count) => {
        const root = join(directory, `${kind.replace(' ', '-')}-${count}`);
        writeFileSync(`${root}.json`, JSON.stringify(writeWorkspace(root, templates, count)));
        return measure(root);
      }) as [Sample, Sample];
      return figuresOf(kind, small, large);
    });
    const entry = medianTime(Array.from({ length: samples }, () => run('entry', directory).entry));
    return [...figures, timed('load the entry', entry, { bar: 30 })];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function figuresOf(kind: string, small: Sample, large: Sample): Figure[] {
  const bar = coldBars[kind] ?? Number.NaN;
  const [alone, manyAlone] = [small.readAndParse[0], large.readAndParse[0]];
  return [
    timed(`1,000 ${kind}, cold`, small.cold, { baseline: alone, bar }),
    { what: '  cold / baseline', value: small.cold[0] / alone, unit: '×', bar: 1.5 },
    timed(`1,000 ${kind}, nothing changed`, small.warm, { bar: 40 }),
    timed(`10,000 ${kind}, cold`, large.cold, { baseline: manyAlone }),
    { what: '  10,000 / 1,000', value: large.cold[0] / small.cold[0], unit: '×', bar: 11 },
  ];
}

function timed(
  what: string,
  [value, wall]: Time,
  rest: { readonly baseline?: number; readonly bar?: number },
): Figure {
  return { what, value, wall, unit: 'ms', ...rest };
}

function measure(root: string): Sample {
  // In turns, so that whatever else the machine does falls on both alike.
  const turns = Array.from({ length: samples }, () =>
    ['plugin', 'read-and-parse'].map((mode) => run(mode, root)),
  ) as [Sample, Sample][];
  const plugin = turns.map(([first]) => first);
  const alone = turns.map(([, second]) => second);
  const [{ edges } = { edges: 0 }] = plugin;
  if (edges < 2500)
    throw new Error(`inference found ${edges} edges only: the figures would mean nothing`);
  return {
    edges,
    entry: medianTime(plugin.map(({ entry }) => entry)),
    cold: medianTime(plugin.map(({ cold }) => cold)),
    warm: medianTime(plugin.map(({ warm }) => warm)),
    readAndParse: medianTime(alone.map(({ readAndParse }) => readAndParse)),
  };
}

function medianTime(times: readonly Time[]): Time {
  return [median(times.map(([cpu]) => cpu)), median(times.map(([, wall]) => wall))];
}

/** The child is plain JavaScript on the built packages, as Nx runs them: no loader distorts it. */
function run(mode: string, root: string): Sample {
  const script = join(__dirname, 'inference-sample.cjs');
  return JSON.parse(
    execFileSync(process.execPath, [script, mode, root], { encoding: 'utf8' }),
  ) as Sample;
}
