/**
 * Installs what the demo and the end-to-end tests need and this machine lacks. Exit code 0 only if nothing
 * failed.
 */
import {
  installFurtherTools,
  installLockTools,
  installToolchains,
  pathWithTools,
} from '../../e2e/support/install-toolchains';
import { toolsDirectory } from '../../e2e/support/lock-tools';
import { installStoreTools } from '../../e2e/support/store-tools';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.env['PATH'] = pathWithTools(toolsDirectory);
const failures = [
  installToolchains,
  installFurtherTools,
  installLockTools,
  installStoreTools,
].flatMap((install) => install(toolsDirectory, say).failures);
for (const failure of failures) say(`could not install: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
