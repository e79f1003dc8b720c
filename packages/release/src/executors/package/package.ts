import type { ExecutorContext } from '@nx/devkit';
import { singleTask } from '../batch';
import packageBatch from './package-batch';

/** `package`: builds the artifacts of one project. */
export default async function packageExecutor(
  options: object,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { taskGraph, id } = singleTask(context);
  const results = await packageBatch(taskGraph, { [id]: options }, options, context);
  return { success: results[id]?.success ?? false };
}
