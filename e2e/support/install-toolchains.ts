import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lockToolCommands, missingLockTools } from './lock-tools';
import { furtherTools, missingTools, toolchains, type Toolchain } from './toolchains';

export interface InstallReport {
  /** Commands that were run, for people. */
  readonly commands: readonly string[];
  readonly failures: readonly string[];
}

/** PATH with the private virtual environment in front, when it exists. */
export function pathWithTools(directory: string, path = process.env['PATH'] ?? ''): string {
  const bin = join(directory, 'python', 'bin');
  return existsSync(bin) ? [bin, path].join(delimiter) : path;
}

/**
 * Lists what is missing and installs it: Debian packages by apt (as root only), Python tools into a
 * virtual environment in `directory`. Nothing else on the machine is touched.
 */
export function installToolchains(
  directory: string,
  say: (line: string) => void,
  wanted: readonly Toolchain[] = toolchains,
): InstallReport {
  const lacking = wanted.filter((toolchain) => missingTools(toolchain).length > 0);
  if (lacking.length === 0) {
    say('every tool is there');
    return { commands: [], failures: [] };
  }
  for (const toolchain of lacking)
    say(`missing for ${toolchain.ecosystem}: ${missingTools(toolchain).join(', ')}`);
  return runAll([...aptCommands(lacking, say), ...pipCommands(lacking, directory)], say);
}

/** Installs what only tests need, whatever is packaged. */
export function installFurtherTools(directory: string, say: (line: string) => void): InstallReport {
  return installToolchains(directory, say, furtherTools);
}

/** Installs the package managers that only check lock files; Node and Python have to be there. */
export function installLockTools(directory: string, say: (line: string) => void): InstallReport {
  const lacking = missingLockTools(directory);
  if (lacking.length === 0) say('every tool for lock files is there');
  return runAll(
    lacking.flatMap((tool) => lockToolCommands(tool, directory)),
    say,
  );
}

function runAll(plan: readonly string[][], say: (line: string) => void): InstallReport {
  for (const argv of plan) say(`will run: ${argv.join(' ')}`);
  const failures = plan.flatMap((argv) => runCommand(argv, say));
  return { commands: plan.map((argv) => argv.join(' ')), failures };
}

function aptCommands(lacking: readonly Toolchain[], say: (line: string) => void): string[][] {
  const wanted = lacking
    .filter((toolchain) => systemTools(toolchain).length > 0 || !canInstall(toolchain))
    .flatMap(({ apt }) => apt);
  if (wanted.length === 0) return [];
  if (process.getuid?.() !== 0) {
    say(
      `not root: install by hand: apt-get install ${wanted.map((each) => each.split('|')[0]).join(' ')}`,
    );
    return [];
  }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  return [
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...wanted.map(firstOffered)],
  ];
}

/** What is missing and Python's installer cannot bring. */
function systemTools(toolchain: Toolchain): string[] {
  return missingTools(toolchain).filter((tool) => !toolchain.pip.includes(tool));
}

/** Debian's `python3` alone makes no virtual environment: it has no `ensurepip`. */
function canInstall({ pip }: Toolchain): boolean {
  if (pip.length === 0) return true;
  return spawnSync('python3', ['-c', 'import ensurepip'], { stdio: 'ignore' }).status === 0;
}

function firstOffered(alternatives: string): string {
  const names = alternatives.split('|');
  const offered = names.find((name) => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
    return /Candidate: (?!\(none\))/.test(stdout);
  });
  return offered ?? names.at(-1) ?? alternatives;
}

function pipCommands(lacking: readonly Toolchain[], directory: string): string[][] {
  const wanted = lacking.flatMap((toolchain) =>
    toolchain.pip.filter((program) => missingTools(toolchain).includes(program)),
  );
  if (wanted.length === 0) return [];
  const environment = join(directory, 'python');
  return [
    ['python3', '-m', 'venv', environment],
    [join(environment, 'bin/pip'), 'install', '--quiet', ...wanted],
  ];
}

function runCommand([program = '', ...args]: string[], say: (line: string) => void): string[] {
  say(`$ ${[program, ...args].join(' ')}`);
  const { status } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0 ? [] : [`${program} ${args[0] ?? ''} ends with ${status}`];
}
