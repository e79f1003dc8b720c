import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, type Figure } from './figures';

const samples = 3;

/**
 * Versioning crates, each with three edges inside a workspace of one root and one lock file: the time for one must
 * not depend on how many there are, also where the root that all share states every requirement.
 */
export function planning(): Figure[] {
  return [
    ...linear('own versions', 'own'),
    ...linear('one inherited version', 'inherited'),
    ...linear('requirements in the root', 'offered'),
  ];
}

function linear(what: string, form: string): Figure[] {
  const [small, large] = [1000, 4000].map((count) => medianOf(form, count)) as [number, number];
  return [
    perProject(what, 1000, small),
    perProject(what, 4000, large),
    { what: '  4,000 / 1,000', value: large / small, unit: '×', bar: 1.5 },
  ];
}

function perProject(what: string, count: number, value: number): Figure {
  return { what: `${what}, ${count.toLocaleString('en')} crates: each`, value, unit: 'ms' };
}

function medianOf(form: string, count: number): number {
  return median(Array.from({ length: samples }, () => run(form, count)));
}

/** Milliseconds on a processor for one crate. */
function run(form: string, count: number): number {
  const script = join(__dirname, 'planning-sample.cjs');
  const output = execFileSync(process.execPath, [script, form, String(count)], {
    encoding: 'utf8',
  });
  const [all] = JSON.parse(output) as [number];
  return all / count;
}
