/**
 * The main job, shown: a workspace with packages in six ecosystems is released to the embedded registry, by
 * the commands that a user would type, and installed from there. `--install-tools` first installs what is
 * missing on this machine. Exit code 0 only if nothing failed.
 */
import { join } from 'node:path';
import { installToolchains, pathWithTools } from '../../e2e/support/install-toolchains';
import { startRegistryProcess } from '../../e2e/support/registry-process';
import { repository } from '../../e2e/support/repository';
import { missingTools, toolchains } from '../../e2e/support/toolchains';
import { Walkthrough } from '../../e2e/support/walkthrough';
import { runDemo } from './run-demo';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const tools = join(repository, 'tmp/demo-tools');
  process.env['PATH'] = pathWithTools(tools);
  if (process.argv.includes('--install-tools')) {
    const { failures } = installToolchains(tools, say);
    for (const failure of failures) say(`could not install: ${failure}`);
    process.env['PATH'] = pathWithTools(tools);
  }
  const skipped = toolchains.filter((toolchain) => missingTools(toolchain).length > 0);
  for (const toolchain of skipped)
    say(
      `skipped: ${toolchain.ecosystem}, for want of ${missingTools(toolchain).join(', ')} (--install-tools installs them)`,
    );
  const ecosystems = toolchains
    .filter((toolchain) => !skipped.includes(toolchain))
    .map(({ ecosystem }) => ecosystem);
  const registry = await startRegistryProcess();
  const walkthrough = new Walkthrough(registry, process.env['PATH'] ?? '', { show: true });
  try {
    return await runDemo(walkthrough, ecosystems, say);
  } finally {
    await registry.stop();
    walkthrough.workspace.remove();
  }
}

void main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
