import type { ExecutorContext } from '@nx/devkit';
import { singleTask } from '../batch';
import checkBatch from './check-batch';

/** `forge:check`: every version place and every requirement inside the workspace agrees. */
export default async function checkExecutor(
  options: object,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { taskGraph, id } = singleTask(context);
  const results = await checkBatch(taskGraph, { [id]: options }, options, context);
  return { success: results[id]?.success ?? false };
}
