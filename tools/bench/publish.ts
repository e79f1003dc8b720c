import { join } from 'node:path';
import { startRegistryProcess, type RegistryProcess } from '../../e2e/support/registry-process';
import { repository } from '../../e2e/support/repository';
import { runOk, userEnvironment } from '../../e2e/support/run';
import { median, type Figure } from './figures';
import { publishedPackages } from './published-packages';

const count = 300;
/** One process per task takes its time: so few are measured, and the rest is multiplied. */
const scaledFrom = 30;
const samples = 3;
const bar = 3000;

/** `publish` of packages that are live already, which is what most of a release of a large workspace is. */
export async function publish(): Promise<Figure[]> {
  const registry = await startRegistryProcess();
  const workspace = await publishedPackages(count, registry);
  const { root } = workspace;
  try {
    const env = userEnvironment(registry, process.env['PATH'] ?? '');
    const sample = async (mode: string): Promise<number> => {
      const script = join(__dirname, 'publish-sample.cjs');
      return Number(await runOk(process.execPath, [script, mode, root], { cwd: root, env }));
    };
    const publishAll = (extra: readonly string[], settings: Record<string, string> = {}) =>
      timed(() => nx([...publishing, ...extra], root, { ...env, ...settings }));
    const asked = await requestsOf(registry, () => sample('batch'));
    const alone = await medianOf(() => sample('requests'));
    const inProcess = await medianOf(() => sample('batch'));
    await publishAll([]);
    const whole = await medianOf(() => publishAll([]));
    const few = ['--parallel=2', `--projects=${names(scaledFrom)}`];
    const single = { NX_BATCH_MODE: 'false' };
    const none = await publishAll(['--projects=bench-0'], single);
    const each = ((await publishAll(few, single)) - none) / (scaledFrom - 1);
    const perTask = none + each * (count - 1);
    return [
      {
        what: `${count} live packages, executor`,
        value: inProcess,
        unit: 'ms',
        baseline: alone,
        bar,
      },
      { what: '  baseline: the requests alone', value: alone, unit: 'ms' },
      {
        what: `${count} live packages, whole nx`,
        value: whole,
        unit: 'ms',
        baseline: perTask,
        bar,
      },
      {
        what: `  baseline: one process per task, from ${scaledFrom}`,
        value: perTask,
        unit: 'ms',
      },
      { what: '  requests per package', value: asked / count, unit: '×', bar: 1 },
    ];
  } finally {
    workspace.remove();
    await registry.stop();
  }
}

const publishing = [
  'run-many',
  '-t',
  'publish',
  '--output-style=static',
  '--exclude-task-dependencies',
];

async function nx(
  args: readonly string[],
  root: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const output = await runOk(join(repository, 'node_modules/.bin/nx'), args, { cwd: root, env });
  if (!/already there {2}\S/.test(output)) throw new Error(`nothing was published\n${output}`);
}

function names(amount: number): string {
  return Array.from({ length: amount }, (_, index) => `bench-${index}`).join(',');
}

async function requestsOf(
  registry: RegistryProcess,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = registry.requests().length;
  await work();
  return registry.requests().length - before;
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < samples; at += 1) times.push(await measure());
  return median(times);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
