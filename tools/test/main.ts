/**
 * The test command: everything that has to hold, in one go. Each check counts like a test; the last line
 * says how many of all of them passed, failed and were skipped.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from '../checks/run-checks';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(__dirname, '../..');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

function step(title: string, program: string, args: readonly string[]): boolean {
  process.stdout.write(`\n== ${title}\n`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  return status === 0;
}

function tallyOf(isMet: boolean): Tally {
  return isMet ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

interface Command {
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Runs commands that do not need each other side by side, and shows what each one says when it ends. */
async function sideBySide(commands: readonly Command[]): Promise<readonly Tally[]> {
  const left = [...commands];
  const tallies: Tally[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { isMet, output } = await outcomeOf(next);
      process.stdout.write(`\n== ${next.title}\n${output}`);
      tallies.push(tallyOf(isMet));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return tallies;
}

function outcomeOf({ program, args }: Command): Promise<{ isMet: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', ({ message }) => resolve({ isMet: false, output: `${message}\n` }));
    child.on('close', (code) => resolve({ isMet: code === 0, output }));
  });
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs jest projects; a suite that cannot start counts as a failed test, a run without a report as one too. */
function jest(title: string, projects: readonly string[]): Tally {
  const directory = mkdtempSync(join(tmpdir(), 'forge-jest-'));
  const report = join(directory, 'report.json');
  // jest leaves a core free by itself, which on two cores is half of them.
  const sequencer = join(__dirname, 'long-suites-first.cjs');
  const selected = [
    '--maxWorkers=100%',
    `--testSequencer=${sequencer}`,
    '--selectProjects',
    ...projects,
  ];
  const args = [...selected, '--json', `--outputFile=${report}`];
  step(title, bin('jest'), args);
  const result = existsSync(report)
    ? (JSON.parse(readFileSync(report, 'utf8')) as JestReport)
    : undefined;
  rmSync(directory, { recursive: true, force: true });
  if (!result) return { passed: 0, failed: 1, skipped: 0 };
  const pending = result.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'todo');
  for (const { fullName } of pending) process.stdout.write(`skipped: ${fullName}\n`);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function checks(): Tally {
  process.stdout.write('\n== Checks of the house\n');
  const results = runChecks(root);
  for (const { title, findings } of results) {
    process.stdout.write(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${title}\n`);
    for (const finding of findings) process.stdout.write(`     ${finding}\n`);
  }
  const failed = results.filter(({ findings }) => findings.length > 0).length;
  return { passed: results.length - failed, failed, skipped: 0 };
}

async function main(): Promise<number> {
  const isBuilt = step('Build', bin('tsc'), ['-b']);
  const tallies = [
    tallyOf(isBuilt),
    // The lint rule for module boundaries reads the cached project graph.
    tallyOf(step('Project graph', bin('nx'), ['show', 'projects'])),
    ...(await sideBySide([
      { title: 'ESLint', program: bin('eslint'), args: ['.', '--max-warnings', '0'] },
      {
        title: 'Prettier',
        program: bin('prettier'),
        args: ['--check', '--log-level', 'warn', '.'],
      },
      {
        title: 'Types of tests',
        program: bin('tsc'),
        args: ['-p', 'packages/tsconfig.spec.json'],
      },
      { title: 'Types of tools', program: bin('tsc'), args: ['-p', 'tools/tsconfig.json'] },
    ])),
    checks(),
    jest('Unit and conformance', ['ecosystems', 'release', 'registry', 'tools']),
    ...(isBuilt ? [jest('End to end', ['e2e'])] : []),
  ];
  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  process.stdout.write(
    `\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`,
  );
  return sum('failed') > 0 ? 1 : 0;
}

void main().then((code) => (process.exitCode = code));
