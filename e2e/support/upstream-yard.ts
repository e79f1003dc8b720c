import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishTinyPackages } from './publish-tiny-packages';
import { startRegistryProcess, type RegistryProcess } from './registry-process';

/** A registry that others read through, and a directory in which their tools run. */
export interface UpstreamYard {
  readonly directory: string;
  /** Has the tiny package of each ecosystem. */
  readonly other: RegistryProcess;
  /** Starts an empty registry that reads through to the other one; it ends with the yard. */
  startReader(...options: readonly string[]): Promise<RegistryProcess>;
  /** The same, of one that reads through to where nobody listens. */
  startStranded(): Promise<RegistryProcess>;
  stop(): Promise<void>;
}

export async function openUpstreamYard(ecosystems: readonly string[]): Promise<UpstreamYard> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-upstream-')));
  const other = await startRegistryProcess();
  await publishTinyPackages(other, ecosystems);
  const started = [other];
  const start = async (url: string, options: readonly string[]): Promise<RegistryProcess> => {
    const upstreams = ecosystems.flatMap((id) => ['--upstream', `${id}=${url}`]);
    const registry = await startRegistryProcess([], [...upstreams, ...options]);
    started.push(registry);
    return registry;
  };
  return {
    directory,
    other,
    startReader: (...options) => start(other.url, options),
    startStranded: () => start('http://127.0.0.1:9', []),
    async stop() {
      await Promise.all(started.map((registry) => registry.stop()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
