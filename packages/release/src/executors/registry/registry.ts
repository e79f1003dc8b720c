import { dirname, join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { ForgeError } from '@forge/ecosystems';
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
    [serverScript(root), 'serve', '--port', String(port), ...store],
    root,
  );
  return { success: exitCode === 0 };
}

const server = '@forge/registry';

/** The server is an optional peer, so it is looked for in the workspace that runs the task first. */
function serverScript(root: string): string {
  try {
    const manifest = require.resolve(`${server}/package.json`, { paths: [root, __dirname] });
    return join(dirname(manifest), 'bin/forge-registry.js');
  } catch {
    throw new ForgeError('FORGE-A001', {
      what: `\`${server}\` is not installed`,
      fix: `npm install --save-dev ${server}`,
    });
  }
}
