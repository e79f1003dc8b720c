import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository';
import { succeeded, userEnvironment } from './run';
import { nxIn } from './user';
import { copyWorkspace, type TemporaryWorkspace } from './workspace';

/** A workspace in which projects went up by a major version, not committed, for a tool that resolves it frozen. */
export interface MajorRelease {
  readonly workspace: TemporaryWorkspace;
  /** Of the tool; nothing of the user's is in it. */
  readonly home: string;
  /** Reaches no registry. */
  readonly env: NodeJS.ProcessEnv;
  text(file: string): string;
  /** Paths that the release changed. */
  changedFiles(): readonly string[];
  /** Lines that the release took (`-`) and gave (`+`), with their sign. */
  changedLines(): readonly string[];
  /** Those with one of the signs, without it, and with every number masked. */
  maskedLines(sign: '+' | '-'): readonly string[];
  remove(): void;
}

/** Sets a fixture up as a user would, commits it and releases projects as their next major version. */
export async function releaseMajor(
  fixture: string,
  ...projects: readonly string[]
): Promise<MajorRelease> {
  const workspace = copyWorkspace(join(repository, 'e2e/fixtures', fixture));
  const home = mkdtempSync(join(tmpdir(), `forge-${fixture}-home-`));
  const nx = nxIn(workspace);
  succeeded(await nx('g', '@forge/release:init', '--no-interactive', '--skipPackageJson'));
  workspace.commit('Release with Forge');
  const chosen = `--projects=${projects.join()}`;
  succeeded(await nx('release', 'version', 'major', chosen, '--git-commit=false'));
  const changedLines = (): readonly string[] =>
    workspace.git('diff', 'HEAD', '--unified=0').match(/^(?:\+(?!\+\+ )|-(?!-- )).*/gm) ?? [];
  return {
    workspace,
    home,
    env: offlineEnvironment(),
    text: (file) => readFileSync(join(workspace.root, file), 'utf8'),
    changedFiles: () => workspace.git('diff', 'HEAD', '--name-only').trim().split('\n'),
    changedLines,
    maskedLines: (sign) =>
      changedLines()
        .filter((line) => line.startsWith(sign))
        .map((line) => line.slice(1).replace(/\d+(\.\d+)*/g, '#')),
    remove() {
      workspace.remove();
      rmSync(home, { recursive: true });
    },
  };
}

/** Of a user whose registries do not answer. */
function offlineEnvironment(): NodeJS.ProcessEnv {
  const nowhere = { url: 'http://127.0.0.1:9', token: 'unused' };
  return userEnvironment(nowhere, process.env['PATH'] ?? '');
}
