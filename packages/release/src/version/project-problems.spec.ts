import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProblems } from './project-problems';
import type { VersionSession } from './version-session';

const latch = 'FORGE_RELEASE_DRY_RUN';
const { argv } = process;
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-latch-'));
});
afterEach(() => {
  process.argv = argv;
  delete process.env[latch];
  rmSync(root, { recursive: true });
});

function codesOf(...words: readonly string[]): readonly string[] {
  process.argv = [process.execPath, 'nx', ...words];
  const planner = { followerProblems: () => [] };
  const session = { planner, tree: { root } } as unknown as VersionSession;
  return runProblems(session).map(({ code }) => code);
}

describe('where the environment allows dry runs only', () => {
  it.each([
    ['release', 'minor', '--yes'],
    ['release', 'version', 'minor'],
  ])('%s %s is not begun', (...words) => {
    process.env[latch] = 'true';
    expect(codesOf(...words)).toEqual(['FORGE-L014']);
    expect(readdirSync(root)).toEqual([]);
  });

  it('a dry run is as ever', () => {
    process.env[latch] = 'true';
    expect(codesOf('release', 'minor', '--dry-run')).toEqual([]);
  });
});
