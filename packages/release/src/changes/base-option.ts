import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { History } from '../effects/history';
import type { Baseline } from './baseline';

/** One baseline for all `projects`, as the user asked for. FORGE-C011 for what is no commit. */
export async function baseOf(
  base: string,
  projects: readonly unknown[],
  history: History,
): Promise<Result<Baseline[]>> {
  const commit = await history.resolve(base);
  if (commit === undefined)
    return fail(
      new ForgeError('FORGE-C011', {
        what: `\`${base}\` is no branch, tag or commit of this clone`,
      }),
    );
  return ok(projects.map(() => ({ commit, label: base })));
}
