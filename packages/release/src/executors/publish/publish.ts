import type { ExecutorContext } from '@nx/devkit';
import { singleTask } from '../batch';
import publishBatch from './publish-batch';
import type { PublishExecutorOptions } from './publish-options';

/** `publish`: uploads the packages of one project. */
export default async function publishExecutor(
  options: PublishExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { taskGraph, id } = singleTask(context);
  const results = await publishBatch(taskGraph, { [id]: options }, options, context);
  return { success: results[id]?.success ?? false };
}
