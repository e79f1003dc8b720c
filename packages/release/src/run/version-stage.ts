import { ForgeError } from '@forge/ecosystems';
import { resolveCommit } from '../effects/git';
import { listWorkingChanges } from '../effects/git-state';
import { hashPlan } from '../plan/release-plan';
import { ownCommit } from './own-commit';
import { filesNotAsPlanned, foreignContents, putFiles } from './own-files';
import { versionByNx } from './nx-release';
import { stageDone, type Stage, type StageContext, type StageResult } from './stage';

/**
 * Writes the files of the release: manifests by Nx, from a clean start, and then what belongs to the same commit.
 * Afterwards they must be what was planned, to the byte, and nothing else may have changed; otherwise everything is
 * put back.
 */
export const versionStage: Stage = {
  name: 'version',
  async run(context) {
    const { root, store } = context;
    const { planned } = store;
    // The commit was made, and the process died before it could say so.
    if (await ownCommit(root, store)) return stageDone;
    if ((await resolveCommit(root, 'HEAD')) !== planned.head) return moved(planned.head);
    const foreign = foreignContents(root, store);
    if (foreign.length > 0) return { ok: false, problems: foreign };
    putFiles(root, store, 'before');
    const others = new Set(await listWorkingChanges(root));
    const run = await versionByNx(root, planned.asked, { dryRun: false });
    const problems = run.ok ? [] : [...run.problems];
    if (
      run.ok &&
      (!run.value.release || hashPlan(run.value.release.plan) !== hashPlan(planned.plan))
    )
      problems.push(unplanned('Nx decides other versions than it planned'));
    if (problems.length === 0) {
      putFiles(root, store, 'after', new Set(['changelog', 'version plan']));
      problems.push(...(await differences(context, others)));
    }
    if (problems.length === 0) return stageDone;
    putFiles(root, store, 'before');
    return { ok: false, problems };
  },
};

async function differences(
  { root, store }: StageContext,
  others: ReadonlySet<string>,
): Promise<readonly ForgeError[]> {
  const wrong = filesNotAsPlanned(root, store).map(({ path }) => path);
  const own = new Set(store.planned.files.map(({ path }) => path));
  const changed = await listWorkingChanges(root);
  const more = changed.filter((path) => !own.has(path) && !others.has(path));
  return [
    ...wrong.map((path) => unplanned(`\`${path}\` is written otherwise than planned`, path)),
    ...more.map((path) => unplanned(`\`${path}\` is changed, and not in the plan`, path)),
  ];
}

function unplanned(what: string, file?: string): ForgeError {
  return new ForgeError('FORGE-L005', { what, ...(file === undefined ? {} : { where: { file } }) });
}

function moved(head: string): StageResult {
  const what = `HEAD is not \`${head.slice(0, 12)}\` any more, where the release was planned`;
  const fix = 'go back to that commit, or `forge-release rollback` and run again';
  return { ok: false, problems: [new ForgeError('FORGE-L005', { what, fix })] };
}
