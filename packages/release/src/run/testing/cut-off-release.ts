import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlannedRelease } from '../../record/planned-release';
import { createRelease, plannedFile, type ReleaseStore } from '../../record/release-store';
import { permitOnly } from '../permit';
import type { StageContext } from '../stage';

/** A repository with one file and a release of it that was begun; no Nx, no registry. */
export interface CutOffRelease {
  readonly root: string;
  readonly store: ReleaseStore;
  readonly context: StageContext;
  /** What was shown to people. */
  readonly notes: string[];
  git(...args: readonly string[]): string;
  write(file: string, text: string): void;
  /** Brings the file to what the release makes of it. */
  version(): void;
  /** The same, committed and written down. */
  commit(): string;
  remove(): void;
}

const [before, after] = ['version = 1.0.0\n', 'version = 1.1.0\n'];

export function cutOffRelease(more: Partial<PlannedRelease> = {}): CutOffRelease {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-release-')));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Quill');
  git('config', 'user.email', 'quill@example.invalid');
  write('a.toml', before);
  write('.gitignore', '.forge\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Start');
  const change = {
    ...{ path: 'a.toml', kind: 'version' as const },
    ...{ before: Buffer.from(before), after: Buffer.from(after) },
  };
  const planned: PlannedRelease = {
    ...{ formatVersion: 1, asked: { specifier: 'minor' }, head: git('rev-parse', 'HEAD') },
    plan: { formatVersion: 2, packages: [], edits: [] },
    files: [plannedFile(change)],
    commitMessage: 'release',
    tags: [{ name: 'a@1.1.0', version: '1.1.0', subject: 'a', packages: [] }],
    forgeReleases: [],
    ...more,
  };
  const store = createRelease(root, planned, [change], { command: 'run minor' }, () => 0);
  const notes: string[] = [];
  const step = (name: string, details: object): void =>
    store.journal.append('step', { step: name, state: 'done', ...details });
  const version = (): void => write('a.toml', after);
  return {
    ...{ root, store, notes, git, write, version },
    context: {
      ...{ root, store, permit: permitOnly(planned) },
      progress: { note: (text: string) => notes.push(text), stage: () => undefined },
    } as unknown as StageContext,
    commit() {
      version();
      git('commit', '--quiet', '--all', '--message', 'release');
      const commit = git('rev-parse', 'HEAD');
      step('commit', { commit });
      return commit;
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}
