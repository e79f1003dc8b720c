import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Figure } from './figures';
import { kinds, writeWorkspace } from './workspaces';

/** What one fresh process measured, in milliseconds. */
interface Sample {
  readonly entry: number;
  readonly cold: number;
  readonly warm: number;
  readonly readAndParse: number;
  readonly edges: number;
}

const samples = 7;
const coldBars: Readonly<Record<string, number>> = { 'one ecosystem': 50, 'six ecosystems': 150 };

/**
 * Time inside the plugin: `createNodes` and `createDependencies` for 1,000 and 10,000 manifests, each sample
 * in a fresh process. Reading and parsing alone is measured in processes of its own, in the same run.
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
    const entry = median(Array.from({ length: samples }, () => run('entry', directory).entry));
    return [...figures, { what: 'load the entry', value: entry, unit: 'ms', bar: 30 }];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function figuresOf(kind: string, small: Sample, large: Sample): Figure[] {
  const bar = coldBars[kind] ?? Number.NaN;
  return [
    {
      what: `1,000 ${kind}, cold`,
      value: small.cold,
      unit: 'ms',
      baseline: small.readAndParse,
      bar,
    },
    {
      what: `1,000 ${kind}, cold / baseline`,
      value: small.cold / small.readAndParse,
      unit: '×',
      bar: 1.5,
    },
    { what: `1,000 ${kind}, nothing changed`, value: small.warm, unit: 'ms', bar: 40 },
    { what: `10,000 ${kind}, cold`, value: large.cold, unit: 'ms', baseline: large.readAndParse },
    { what: `10,000 ${kind}, cold / 1,000`, value: large.cold / small.cold, unit: '×', bar: 11 },
  ];
}

function measure(root: string): Sample {
  const plugin = Array.from({ length: samples }, () => run('plugin', root));
  const alone = Array.from({ length: samples }, () => run('read-and-parse', root));
  const [{ edges } = { edges: 0 }] = plugin;
  if (edges < 2500)
    throw new Error(`inference found ${edges} edges only: the figures would mean nothing`);
  return {
    edges,
    entry: median(plugin.map(({ entry }) => entry)),
    cold: median(plugin.map(({ cold }) => cold)),
    warm: median(plugin.map(({ warm }) => warm)),
    readAndParse: median(alone.map(({ readAndParse }) => readAndParse)),
  };
}

/** The child is plain JavaScript on the built packages, as Nx runs them: no loader distorts it. */
function run(mode: string, root: string): Sample {
  const script = join(__dirname, 'inference-sample.cjs');
  return JSON.parse(
    execFileSync(process.execPath, [script, mode, root], { encoding: 'utf8' }),
  ) as Sample;
}
