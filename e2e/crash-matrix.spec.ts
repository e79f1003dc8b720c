import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { lines, ReleaseCommand } from './support/release-command';
import { acceptedUploads, releaseEnd, type ReleaseEnd } from './support/release-end';
import { succeeded } from './support/run';
import { Walkthrough } from './support/walkthrough';
import { writeInto } from './support/workspace';

/** Commits and tags of two runs are the same where the clock is. */
const clock = {
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};
const release = ['run', 'minor', '--yes'];
const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];
const files = 14;

/** Ignored, and there from the start. */
const ignored = { 'target/mine.txt': 'ignored\n' };
/** What a user does while a release lies there cut off, also to a file that a package ships. */
const meanwhile = { 'mine.txt': 'untracked\n', 'crates/quill-core/README.md': 'edited\n' };
const foreign = { ...ignored, ...meanwhile };

interface Point {
  readonly at: string;
  readonly problems: readonly string[];
}

/**
 * One release of the polyglot example is killed at every third step that it takes, resumed, killed at the third step
 * that it had not reached before, and so on to its end: no process sees more than a few steps. A second one is killed
 * with other steps done and not written down, or half written. Both must end as a release that nobody disturbed.
 */
describeWithTools('a release that is killed again and again', ecosystems, () => {
  const temporary: string[] = [];
  const registries: RegistryProcess[] = [];
  let start: string;
  let expected: ReleaseEnd;
  const points: Point[] = [];

  const copy = (): string => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-crash-')));
    temporary.push(root);
    cpSync(start, root, { recursive: true, verbatimSymlinks: true });
    return root;
  };
  const registry = async (): Promise<RegistryProcess> => {
    const started = await startRegistryProcess();
    registries.push(started);
    return started;
  };

  beforeAll(async () => {
    // One after the other: each of them brings up a database.
    const first = await registry();
    for (let more = 0; more < 2; more += 1) await registry();
    const walk = new Walkthrough(first, process.env['PATH'] ?? '');
    succeeded(await walk.nx('g', '@forge/release:init', '--no-interactive'));
    walk.workspace.commit('Release with Forge');
    writeAll(walk.workspace.root, ignored);
    start = walk.workspace.root;
    temporary.push(start);
    const root = copy();
    succeeded(await new ReleaseCommand(root, first, clock).run(...release));
    writeAll(root, meanwhile);
    expected = await releaseEnd(root, first);
  }, 300_000);

  afterAll(async () => {
    for (const each of registries) await each.stop();
    for (const root of temporary) rmSync(root, { recursive: true, force: true });
  });

  /** What is wrong with the state that a kill leaves behind. */
  async function wrongIn(
    root: string,
    at: RegistryProcess,
    there: Readonly<Record<string, string>>,
  ): Promise<string[]> {
    const live = new Set((await at.arrivals()).map(({ name }) => name));
    const steps = lines(root).filter(({ step, state }) => step === 'tag' && state === 'done');
    const early = steps.filter(({ subject = '' }) => live.size === 0 && subject !== '');
    return [
      ...Object.entries(there)
        .filter(([file, text]) => readFileSync(join(root, file), 'utf8') !== text)
        .map(([file]) => `${file} is lost`),
      ...early.map(({ subject }) => `${subject} is tagged, and nothing is live`),
      ...(acceptedUploads(at) > files ? ['something was uploaded twice'] : []),
    ];
  }

  async function chain(
    at: RegistryProcess,
    kill: (turn: number) => string,
  ): Promise<{ root: string; end: ReleaseEnd }> {
    const root = copy();
    const forge = new ReleaseCommand(root, at, clock);
    let isTouched = false;
    for (let turn = 0; turn < 200; turn += 1) {
      const isBegun = lines(root).length > 0;
      const where = kill(turn);
      const isKilled = await forge.killed(where, isBegun ? ['resume'] : release, { ahead: true });
      if (!isKilled) break;
      const there = { ...ignored, ...(isTouched ? meanwhile : {}) };
      points.push({ at: `${where} of turn ${turn}`, problems: await wrongIn(root, at, there) });
      if (!isTouched && isCommitted(root)) {
        writeAll(root, meanwhile);
        isTouched = true;
      }
    }
    return { root, end: await releaseEnd(root, at) };
  }

  const same = ({ end, root }: { end: ReleaseEnd; root: string }): void => {
    expect(end).toEqual(expected);
    expect(end.acceptedUploads).toBe(files);
    for (const [file, text] of Object.entries(foreign))
      expect(readFileSync(join(root, file), 'utf8')).toBe(text);
    expect(existsSync(join(root, '.forge/lock'))).toBe(false);
  };

  it('ends as one that nobody disturbed, at each of the points', async () => {
    const [, second, third] = registries as [RegistryProcess, RegistryProcess, RegistryProcess];
    const [after, before] = await Promise.all([
      chain(second, () => 'after:3'),
      chain(third, (turn) => (turn % 2 === 0 ? 'before:3' : 'within:3')),
    ]);
    const wrong = points.filter(({ problems }) => problems.length > 0);
    expect(wrong).toEqual([]);
    same(after);
    same(before);
    expect(points.length).toBeGreaterThanOrEqual(40);
    process.stdout.write(`crash matrix: ${points.length} of ${points.length} converged\n`);
  }, 900_000);
});

function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) writeInto(root, file, text);
}

function isCommitted(root: string): boolean {
  return lines(root).some(({ step, state }) => step === 'commit' && state === 'done');
}
