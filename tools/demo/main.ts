/**
 * The main job, shown: a workspace with packages in six ecosystems is released to the embedded registry, by
 * the commands that a user would type, and installed from there. `--install-tools` first installs what is
 * missing on this machine. Exit code 0 only if nothing failed.
 */
import { installToolchains, pathWithTools } from '../../e2e/support/install-toolchains';
import { toolsDirectory } from '../../e2e/support/lock-tools';
import { startRegistryProcess } from '../../e2e/support/registry-process';
import { missingTools, toolchains } from '../../e2e/support/toolchains';
import { Walkthrough } from '../../e2e/support/walkthrough';
import { runDemo } from './run-demo';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  process.env['PATH'] = pathWithTools(toolsDirectory);
  if (process.argv.includes('--install-tools')) {
    const { failures } = installToolchains(toolsDirectory, say);
    for (const failure of failures) say(`could not install: ${failure}`);
    process.env['PATH'] = pathWithTools(toolsDirectory);
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
