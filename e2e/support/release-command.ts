import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository';
import { run, userEnvironment, type RunResult } from './run';

const program = join(repository, 'packages/release/bin/forge-release.js');
const preload = join(repository, 'e2e/support/kill-at-append.cjs');

/** A line of the journal of a release. */
export interface JournalLine {
  readonly event: string;
  readonly step?: string;
  readonly subject?: string;
  readonly state?: string;
  readonly [detail: string]: unknown;
}

/** The command line of a user in one workspace. */
export class ReleaseCommand {
  private readonly env: Record<string, string>;

  constructor(
    private readonly root: string,
    registry: { readonly url: string; readonly token: string },
    env: Readonly<Record<string, string>> = {},
  ) {
    this.env = { ...userEnvironment(registry, process.env['PATH'] ?? ''), ...env };
  }

  /** Never rejects because of an exit code: the caller looks at it. */
  run(...args: readonly string[]): Promise<RunResult> {
    return run(process.execPath, [program, ...args], { cwd: this.root, env: this.env });
  }

  /**
   * The same, ended without warning at one line of the journal: `after:step/commit//done`, `before:…`, `within:…`.
   * `ahead` counts only what no earlier process has written.
   */
  async killed(at: string, args: readonly string[], { ahead = false } = {}): Promise<boolean> {
    const seen = ahead ? lines(this.root).map(nameOf).join('\n') : '';
    const env = { ...this.env, ...killing(at), FORGE_TEST_SEEN: seen };
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.root,
      env,
      stdio: 'ignore',
    });
    return new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal === 'SIGKILL')));
  }

  /** A process that sleeps at one line of the journal until it is told to go on. */
  async asleep(at: string, ...args: readonly string[]): Promise<ChildProcess> {
    const env = { ...this.env, ...killing(`stop:${at}`) };
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.root,
      env,
      stdio: 'ignore',
    });
    const pattern = new RegExp(`^${at}$`);
    const isThere = (): boolean => lines(this.root).some((line) => pattern.test(nameOf(line)));
    // The line is on the disk a moment before the process stops, and a signal to go on in between would be lost.
    while (!isThere() || !isStopped(child)) await new Promise((resolve) => setTimeout(resolve, 50));
    return child;
  }
}

function isStopped({ pid }: ChildProcess): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.startsWith('T');
}

function killing(at: string): Record<string, string> {
  return { NODE_OPTIONS: `--require ${preload}`, FORGE_TEST_KILL: at };
}

/** How the preload script names a line. */
export function nameOf({ event, step = '', subject = '', state = '' }: JournalLine): string {
  return `${event}/${step}/${subject}/${state}`;
}

/** The whole lines of the latest release's journal. */
export function lines(root: string): readonly JournalLine[] {
  const releases = join(root, '.forge/releases');
  const latest = existsSync(releases) ? readdirSync(releases).sort().at(-1) : undefined;
  const file = join(releases, latest ?? '', 'journal.jsonl');
  if (latest === undefined || !existsSync(file)) return [];
  const texts = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return texts.map((text) => JSON.parse(text) as JournalLine);
}
