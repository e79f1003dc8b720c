/**
 * Installs what the demo and the end-to-end tests need and this machine lacks. Exit code 0 only if nothing
 * failed.
 */
import { join } from 'node:path';
import { installToolchains, pathWithTools } from '../../e2e/support/install-toolchains';
import { repository } from '../../e2e/support/repository';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const directory = join(repository, 'tmp/demo-tools');
process.env['PATH'] = pathWithTools(directory);
const { failures } = installToolchains(directory, say);
for (const failure of failures) say(`could not install: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
