/**
 * A release of the polyglot example, killed at one point, resumed to its end, and compared with one that nobody
 * disturbed: registry, refs, files, journal. `npm run crash-matrix` does so for points of every kind, each from the
 * start (about 20 minutes on two processors); `--points 40` for so many of them, `--at after:step/commit//done` for
 * one. Exit code 0 only if all converged.
 */
import { pathWithTools } from '../../e2e/support/install-toolchains';
import { toolsDirectory } from '../../e2e/support/lock-tools';
import { startRegistryProcess } from '../../e2e/support/registry-process';
import { RepeatedRelease } from '../../e2e/support/repeated-release';
import { disturb } from './disturb';
import { pointsOf, spread } from './points';

/** How many releases run side by side. */
const lanes = 2;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function chosen(lines: readonly string[], argv: readonly string[]): readonly string[] {
  const valueOf = (name: string): string | undefined => argv[argv.indexOf(name) + 1];
  if (argv.includes('--at')) return [valueOf('--at') ?? ''];
  const points = pointsOf(lines);
  return argv.includes('--points') ? spread(points, Number(valueOf('--points'))) : points;
}

async function main(argv: readonly string[]): Promise<number> {
  process.env['PATH'] = pathWithTools(toolsDirectory);
  const registry = await startRegistryProcess();
  const release = await RepeatedRelease.prepare(registry).finally(() => registry.stop());
  const points = chosen(release.lines, argv);
  say(`undisturbed, it writes ${release.lines.length} lines; it is killed at ${points.length}`);
  const left = [...points.entries()];
  let converged = 0;
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, point] = next;
      const begun = performance.now();
      const problems = await disturb(release, point);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      if (problems.length === 0) converged += 1;
      const word = problems.length === 0 ? 'converged' : 'DIFFERS';
      say(`${String(at + 1).padStart(4)} of ${points.length}  ${word}  ${seconds} s  ${point}`);
      for (const problem of problems) say(`       ${problem.replaceAll('\n', '\n       ')}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    release.remove();
  }
  say(`crash matrix: ${converged} of ${points.length} converged`);
  return converged === points.length ? 0 : 1;
}

void main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
