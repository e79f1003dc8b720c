import { openCommitted } from '../effects/committed-workspace';
import { openWorkspace, type Workspace } from '../effects/open-workspace';
import { ownCommit } from './own-commit';
import type { StageContext, StageResult } from './stage';

/** Works on the workspace as the commit of the release has it, whatever happened to the working tree since. */
export async function onCommit(
  { root, store }: StageContext,
  work: (workspace: Workspace) => Promise<StageResult>,
): Promise<StageResult> {
  const commit = await ownCommit(root, store);
  if (commit === undefined) return work(await openWorkspace(root));
  const { workspace, dispose } = await openCommitted(root, commit);
  try {
    return await work(workspace);
  } finally {
    dispose();
  }
}
