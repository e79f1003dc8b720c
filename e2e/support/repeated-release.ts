import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegistryProcess } from './registry-process';
import { lines, nameOf, ReleaseCommand } from './release-command';
import { acceptedUploads, differences, releaseEnd, type ReleaseEnd } from './release-end';
import { succeeded } from './run';
import { Walkthrough } from './walkthrough';
import { writeInto } from './workspace';

/** Commits and tags of two runs are the same where the clock is. */
const clock = {
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};
const release = ['run', 'minor', '--yes'];

/** Ignored, and there from the start. */
const ignored = { 'target/mine.txt': 'ignored\n' };
/** What a user does while a release lies there cut off, also to a file that a package ships. */
const meanwhile = { 'mine.txt': 'untracked\n', 'crates/quill-core/README.md': 'edited\n' };

/** What releases the polyglot example. */
export const releasedEcosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

/** One release of the polyglot example, from the same start as often as it is wanted. */
export class RepeatedRelease {
  private constructor(
    private readonly start: string,
    /** How it ends when nobody disturbs it. */
    readonly expected: ReleaseEnd,
    /** The names of all lines that it writes, in their order. */
    readonly lines: readonly string[],
  ) {}

  /** Releases it once, undisturbed. */
  static async prepare(registry: RegistryProcess): Promise<RepeatedRelease> {
    const walk = new Walkthrough(registry, process.env['PATH'] ?? '');
    succeeded(await walk.nx('g', '@forge/release:init', '--no-interactive'));
    walk.workspace.commit('Release with Forge');
    const start = walk.workspace.root;
    writeAll(start, ignored);
    const root = copyOf(start);
    succeeded(await new ReleaseCommand(root, registry, clock).run(...release));
    writeAll(root, meanwhile);
    const expected = await releaseEnd(root, registry);
    const names = lines(root).map(nameOf);
    rmSync(root, { recursive: true, force: true });
    return new RepeatedRelease(start, expected, names);
  }

  /** From the start, in a copy of its own, to a registry that holds nothing. */
  begin(registry: RegistryProcess): DisturbedRelease {
    return new DisturbedRelease(copyOf(this.start), registry, this.expected);
  }

  remove(): void {
    rmSync(this.start, { recursive: true, force: true });
  }
}

/** A release that is ended without warning, as often as somebody likes, and goes on. */
export class DisturbedRelease {
  private readonly forge: ReleaseCommand;
  private isTouched = false;

  constructor(
    readonly root: string,
    private readonly registry: RegistryProcess,
    private readonly expected: ReleaseEnd,
  ) {
    this.forge = new ReleaseCommand(root, registry, clock);
  }

  /** Begins or goes on, until it is killed at a line of the journal; false when it came to its end before. */
  killed(at: string, options: { readonly ahead?: boolean } = {}): Promise<boolean> {
    return this.forge.killed(at, this.command(), options);
  }

  /** Goes on to the end; answers what stops it. */
  async finish(): Promise<readonly string[]> {
    const { exitCode, output } = await this.forge.run(...this.command());
    // The last line was on the disk: there is nothing to go on with, and that is what is said.
    const isOver = this.isEnded() && output.includes('FORGE-L012');
    return exitCode === 0 || isOver ? [] : [`it ends with ${exitCode}: ${output.slice(-2000)}`];
  }

  /** As a user who goes on working meanwhile; a release that never began starts from a clean tree. */
  touch(): void {
    if (this.isTouched || lines(this.root).length === 0) return;
    writeAll(this.root, meanwhile);
    this.isTouched = true;
  }

  /** What is wrong with the state that a kill leaves behind. */
  async problemsNow(): Promise<readonly string[]> {
    const live = await this.registry.arrivals();
    const tagged = lines(this.root).filter(({ step, state }) => step === 'tag' && state === 'done');
    const early = live.length > 0 ? [] : tagged.filter(({ subject = '' }) => subject !== '');
    const isTwice = acceptedUploads(this.registry) > this.expected.acceptedUploads;
    return [
      ...this.lost({ ...ignored, ...(this.isTouched ? meanwhile : {}) }),
      ...early.map(({ subject }) => `${subject} is tagged, and nothing is live`),
      ...(isTwice ? ['something was uploaded twice'] : []),
    ];
  }

  /** How it ended otherwise than a release that nobody disturbed. */
  async problemsAtEnd(): Promise<readonly string[]> {
    this.touch();
    return [
      ...this.lost({ ...ignored, ...meanwhile }),
      ...differences(await releaseEnd(this.root, this.registry), this.expected),
      ...(existsSync(join(this.root, '.forge/lock')) ? ['it is locked'] : []),
    ];
  }

  remove(): void {
    // Tools that outlived their release may still be writing.
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private command(): readonly string[] {
    return lines(this.root).length > 0 ? ['resume'] : release;
  }

  private isEnded(): boolean {
    return lines(this.root).some(({ event }) => event === 'end');
  }

  private lost(files: Readonly<Record<string, string>>): string[] {
    return Object.entries(files)
      .filter(([file, text]) => readFileSync(join(this.root, file), 'utf8') !== text)
      .map(([file]) => `${file} is lost`);
  }
}

function copyOf(start: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-crash-')));
  cpSync(start, root, { recursive: true, verbatimSymlinks: true });
  return root;
}

function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) writeInto(root, file, text);
}
