import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, type Figure } from './figures';

/** Milliseconds on a processor. */
interface Sample {
  readonly perProject: number;
  readonly plan: number;
}

const samples = 3;

/**
 * Versioning crates one by one, each with three edges inside a workspace of one root and one lock file: the time
 * for one must not depend on how many there are. Where one root states every requirement, reading back an edit
 * means parsing that root, which grows with the workspace: this form has no bar.
 */
export function planning(): Figure[] {
  return [
    ...linear('own versions', 'own'),
    ...linear('one inherited version', 'inherited'),
    ...[250, 1000].map((count) =>
      perProject('requirements in the root', count, run('offered', count)),
    ),
  ];
}

function linear(what: string, form: string): Figure[] {
  const [small, large] = [1000, 4000].map((count) => medianOf(form, count)) as [Sample, Sample];
  return [
    perProject(what, 1000, small),
    perProject(what, 4000, large),
    { what: '  4,000 / 1,000', value: large.perProject / small.perProject, unit: '×', bar: 1.5 },
    { what: '  the plan of 4,000', value: large.plan, unit: 'ms', baseline: small.plan },
  ];
}

function perProject(what: string, count: number, sample: Sample): Figure {
  const value = sample.perProject;
  return { what: `${what}, ${count.toLocaleString('en')} crates: each`, value, unit: 'ms' };
}

function medianOf(form: string, count: number): Sample {
  const all = Array.from({ length: samples }, () => run(form, count));
  return {
    perProject: median(all.map((each) => each.perProject)),
    plan: median(all.map(({ plan }) => plan)),
  };
}

function run(form: string, count: number): Sample {
  const script = join(__dirname, 'planning-sample.cjs');
  const output = execFileSync(process.execPath, [script, form, String(count)], {
    encoding: 'utf8',
  });
  const [all, plan] = JSON.parse(output) as [number, number];
  return { perProject: all / count, plan };
}
