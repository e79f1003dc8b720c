import type { ForgeError } from '@forge/ecosystems';
import { isDone } from '../record/release-state';
import type { Stage, StageContext } from './stage';

/**
 * Runs what is not done yet of a release, in order. Every stage is announced on disk before it begins. The first
 * failure ends the run; only stages that are right for what went well come after it. Answers all problems; none when
 * the release is finished.
 */
export async function runStages(
  stages: readonly Stage[],
  context: StageContext,
): Promise<readonly ForgeError[]> {
  const { store, progress } = context;
  const problems: ForgeError[] = [];
  for (const stage of stages) {
    const { name } = stage;
    const isLeftOut = problems.length > 0 && !stage.runsAfterFailure;
    if (isLeftOut || stage.isWanted?.(context) === false || isDone(store.state(), name)) continue;
    store.journal.append('step', { step: name, state: 'begins' });
    progress.stage(name);
    const result = await stage.run(context);
    if (!result.ok) {
      const codes = result.problems.map(({ code, what }) => `${code} ${what}`);
      store.journal.append('step', { step: name, state: 'failed', problems: codes });
      problems.push(...result.problems);
    } else if (problems.length === 0) {
      store.journal.append('step', { step: name, state: 'done', ...result.details });
    }
  }
  if (problems.length === 0) store.journal.append('end', { outcome: 'released' });
  return problems;
}
