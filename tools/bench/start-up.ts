import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../e2e/support/repository';
import { median, type Figure } from './figures';
import { processorTimeOfChildren } from './processor-time';

const samples = 7;
const program = join(repository, 'packages/registry/bin/forge-registry.js');
const bar = 1100;

interface Start {
  readonly wall: number;
  /** Until it had ended again. */
  readonly cpu: number;
}

/**
 * From the command to the line that says that the registry takes requests: with nothing kept, on a new directory, and
 * on one that is there. The first start of a schema makes a template, so one goes ahead unmeasured.
 */
export async function startUp(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'forge-bench-'));
  try {
    const data = (name: number | string) => ['--data', join(directory, `data-${name}`)];
    await start(data('kept'));
    return [
      ...figures('nothing kept', await measure(() => ['--memory'])),
      ...figures('a new directory', await measure(data)),
      ...figures('a directory that is there', await measure(() => data('kept'))),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function measure(store: (sample: number) => readonly string[]): Promise<readonly Start[]> {
  const starts: Start[] = [];
  for (let sample = 0; sample < samples; sample += 1) starts.push(await start(store(sample)));
  return starts;
}

async function start(store: readonly string[]): Promise<Start> {
  const cpuBefore = processorTimeOfChildren();
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--quiet', ...store], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (said: Buffer) => {
      if (said.toString().includes('listening on')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the registry ended with ${code}`)));
  });
  const wall = performance.now() - begun;
  child.kill('SIGTERM');
  await ended;
  return { wall, cpu: processorTimeOfChildren() - cpuBefore };
}

function figures(what: string, starts: readonly Start[]): Figure[] {
  const [wall, cpu] = [starts.map((each) => each.wall), starts.map((each) => each.cpu)].map(median);
  return [
    { what: `the registry takes requests, ${what}`, value: wall ?? Number.NaN, unit: 'ms', bar },
    { what: '  on processors, to its end', value: cpu ?? Number.NaN, unit: 'ms' },
  ];
}
