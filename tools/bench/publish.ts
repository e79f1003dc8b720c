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
    const asked = await questionsTo(registry, () => sample('batch'));
    const alone = await medianOf(() => sample('requests'));
    const inProcess = await medianOf(() => sample('batch'));
    const idle = await medianOf(() => timed(() => nx('nothing', [], root, env)));
    const whole = await medianOf(() => timed(() => nx('publish', [], root, env)));
    const perTask = await oneProcessPerTask(root, env);
    const live = `${count} live packages`;
    return [
      { what: `${live}: the executor`, value: inProcess, unit: 'ms', baseline: alone, bar },
      { what: '  its requests alone (baseline)', value: alone, unit: 'ms' },
      { what: '  requests per package', value: asked / count, unit: '×', bar: 1 },
      { what: `${live}: nx run-many`, value: whole, unit: 'ms', baseline: perTask, bar },
      { what: `  ${count} tasks that do nothing`, value: idle, unit: 'ms' },
      {
        what: `  one process per task (baseline; ${scaledFrom}, scaled)`,
        value: perTask,
        unit: 'ms',
      },
    ];
  } finally {
    workspace.remove();
    await registry.stop();
  }
}

/** Two at once, as there are processors for; what Nx takes to start is counted once. */
async function oneProcessPerTask(root: string, env: Environment): Promise<number> {
  const single = { ...env, NX_BATCH_MODE: 'false' };
  const publishFirst = (amount: number): Promise<number> =>
    timed(() => nx('publish', ['--parallel=2', `--projects=${names(amount)}`], root, single));
  const [one, few] = [await publishFirst(1), await publishFirst(scaledFrom)];
  return one + ((few - one) / (scaledFrom - 1)) * (count - 1);
}

type Environment = Readonly<Record<string, string>>;

/** Without the `package` tasks, which would come out of the cache of Nx. */
async function nx(
  target: string,
  args: readonly string[],
  root: string,
  env: Environment,
): Promise<void> {
  const always = ['run-many', '-t', target, '--output-style=static', '--exclude-task-dependencies'];
  const program = join(repository, 'node_modules/.bin/nx');
  const output = await runOk(program, [...always, ...args], { cwd: root, env });
  if (target === 'publish' && !/^already there {2}/m.test(output))
    throw new Error(`nothing was published\n${output}`);
}

function names(amount: number): string {
  return Array.from({ length: amount }, (_, index) => `bench-${index}`).join(',');
}

async function questionsTo(
  registry: RegistryProcess,
  work: () => Promise<unknown>,
): Promise<number> {
  const questions = (): number =>
    registry.requests().filter(({ method }) => method === 'GET').length;
  const before = questions();
  await work();
  return questions() - before;
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
