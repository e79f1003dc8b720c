import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { registryScript } from '../../effects/registry-script';
import { runServer } from '../../effects/run-server';

export interface RegistryExecutorOptions {
  readonly port?: number;
  readonly data?: string;
}

/** A continuous task: the registry as a process of its own, which ends with the task. */
export default async function registryExecutor(
  { port = 4874, data }: RegistryExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const store = data === undefined ? ['--memory'] : ['--data', join(root, data)];
  const exitCode = await runServer(
    process.execPath,
    [registryScript(root), 'serve', '--port', String(port), ...store],
    root,
  );
  return { success: exitCode === 0 };
}
