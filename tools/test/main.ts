/**
 * The test command: everything that has to hold, in one go. Each check counts like a test; the last line
 * says how many of all of them passed, failed and were skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

function command(title: string, program: string, args: readonly string[]): Tally {
  return step(title, program, args)
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
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
  const selected = ['--maxWorkers=100%', '--selectProjects', ...projects];
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

function main(): number {
  const built = command('Build', bin('tsc'), ['-b']);
  const tallies = [
    built,
    command('Types of tests', bin('tsc'), ['-p', 'packages/tsconfig.spec.json']),
    command('Types of tools', bin('tsc'), ['-p', 'tools/tsconfig.json']),
    // The lint rule for module boundaries reads the cached project graph.
    command('Project graph', bin('nx'), ['show', 'projects']),
    command('ESLint', bin('eslint'), ['.', '--max-warnings', '0']),
    command('Prettier', bin('prettier'), ['--check', '--log-level', 'warn', '.']),
    checks(),
    jest('Unit and conformance', ['ecosystems', 'release', 'registry', 'tools']),
    ...(built.failed > 0 ? [] : [jest('End to end', ['e2e'])]),
  ];
  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  process.stdout.write(
    `\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`,
  );
  return sum('failed') > 0 ? 1 : 0;
}

process.exitCode = main();
