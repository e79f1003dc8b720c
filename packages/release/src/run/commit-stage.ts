import { ForgeError } from '@forge/ecosystems';
import { commitPaths } from '../effects/git-write';
import { isAsPlanned, ownCommit } from './own-commit';
import { filesNotAsPlanned } from './own-files';
import type { Stage, StageResult } from './stage';

/** Commits the files of the release and nothing else. A hook that changes them makes another release of it. */
export const commitStage: Stage = {
  name: 'commit',
  async run({ root, store, permit }) {
    const { files, commitMessage } = store.planned;
    const known = await ownCommit(root, store);
    if (known !== undefined) return committed(known);
    const wrong = filesNotAsPlanned(root, store);
    if (wrong.length > 0) return changedMeanwhile(wrong.map(({ path }) => path));
    permit({ kind: 'commit', paths: files.map(({ path }) => path) });
    const made = await commitPaths(
      root,
      files.map(({ path }) => path),
      commitMessage,
    );
    if (!made.ok) return made;
    if (await isAsPlanned(root, store, made.value)) return committed(made.value);
    const what = `the commit \`${made.value.slice(0, 12)}\` does not hold what was planned`;
    const fix =
      'see which hook changes files of a commit; then undo the commit and `forge-release rollback`';
    return { ok: false, problems: [new ForgeError('FORGE-L005', { what, fix })] };
  },
};

function committed(commit: string): StageResult {
  return { ok: true, details: { commit } };
}

function changedMeanwhile(paths: readonly string[]): StageResult {
  const problems = paths.map((path) => {
    const what = `\`${path}\` was changed after the release wrote it`;
    return new ForgeError('FORGE-L004', { what, where: { file: path } });
  });
  return { ok: false, problems };
}
