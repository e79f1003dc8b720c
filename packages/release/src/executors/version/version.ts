import type { ExecutorContext } from '@nx/devkit';
import { singleTask } from '../batch';
import versionBatch, { type VersionExecutorOptions } from './version-batch';

/** `version`: sets the version of one project and the requirements of its dependents. */
export default async function versionExecutor(
  options: VersionExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { taskGraph, id } = singleTask(context);
  const results = await versionBatch(taskGraph, { [id]: options }, options, context);
  return { success: results[id]?.success ?? false };
}
