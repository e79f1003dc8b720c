import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Figure } from './figures';
import { kinds, languages, writeWorkspace, type Template } from './workspaces';

/** What one fresh process measured: milliseconds on a processor and on the clock. */
interface Sample {
  readonly read: readonly [cpu: number, wall: number];
  readonly edit: readonly [cpu: number, wall: number];
  readonly manifests: number;
  readonly bytes: number;
  readonly edits: number;
}

const samples = 3;
const [few, many] = [1000, 10_000];
const growth = 1.3;

/**
 * A patch release of everything, in memory: versions and requirements are planned, spliced and read back. The
 * baseline is reading the same manifests. What one manifest costs must not depend on how many there are.
 */
export function edits(): Figure[] {
  const directory = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  try {
    const all = { ...languages, 'six ecosystems': kinds['six ecosystems'] };
    return Object.entries(all).flatMap(([kind, templates]) =>
      figuresOf(kind, templates, directory),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function figuresOf(kind: string, templates: readonly Template[], directory: string): Figure[] {
  const roots = [few, many].map((count) => {
    const root = join(directory, `${kind.replace(' ', '-')}-${count}`);
    writeFileSync(`${root}.json`, JSON.stringify(writeWorkspace(root, templates, count)));
    return root;
  });
  // In turns, so that whatever else the machine does falls on both alike.
  const turns = Array.from({ length: samples }, () => roots.map(run) as [Sample, Sample]);
  const [small, large] = [0, 1].map((at) => turns.flatMap((turn) => turn[at] ?? [])) as Samples;
  for (const root of roots) rmSync(root, { recursive: true });
  return [
    perManifest(`${few.toLocaleString('en')} manifests of ${kind}: each`, small),
    perManifest(`${many.toLocaleString('en')}: each`, large),
    ...throughput(large),
    { what: '  growth', value: each(large, 'edit') / each(small, 'edit'), unit: '×', bar: growth },
  ];
}

type Samples = [Sample[], Sample[]];

function perManifest(what: string, taken: readonly Sample[]): Figure {
  const wall = median(taken.map(({ edit, manifests }) => edit[1] / manifests));
  return { what, value: each(taken, 'edit'), wall, baseline: each(taken, 'read'), unit: 'ms' };
}

/** Milliseconds on a processor for one manifest. */
function each(taken: readonly Sample[], what: 'edit' | 'read'): number {
  return median(taken.map((sample) => sample[what][0] / sample.manifests));
}

function throughput(taken: readonly Sample[]): Figure[] {
  const perSecond = (amount: 'manifests' | 'bytes'): number =>
    median(taken.map((sample) => (sample[amount] / sample.edit[0]) * 1000));
  return [
    { what: '  manifests', value: perSecond('manifests'), unit: '/s' },
    { what: '  megabytes', value: perSecond('bytes') / 1e6, unit: 'MB/s' },
  ];
}

/** The child is plain JavaScript on the built packages, as Nx runs them: no loader distorts it. */
function run(root: string): Sample {
  const script = join(__dirname, 'edits-sample.cjs');
  const sample = JSON.parse(
    execFileSync(process.execPath, [script, root], { encoding: 'utf8' }),
  ) as Sample;
  if (sample.edits < sample.manifests)
    throw new Error(`${sample.edits} edits only: the figures would mean nothing`);
  return sample;
}
