import { join } from 'node:path';
import { repository } from './repository';
import { isExecutable } from './toolchains';

/**
 * A package manager that checks its lock file, and has no other part in a release. Each has a version and a folder of
 * its own and is never taken from PATH: what the suites compare are the bytes that this very version writes.
 */
export interface LockTool {
  readonly name: string;
  /** Its program, where that is called otherwise. */
  readonly program?: string;
  /** Where it comes from: a package of npm or of Python's installer, with its version. */
  readonly from: { readonly npm: string } | { readonly pip: string };
}

export const lockTools: readonly LockTool[] = [
  // pnpm 11 needs Node 22.
  { name: 'pnpm', from: { npm: 'pnpm@10.34.8' } },
  { name: 'yarn-classic', program: 'yarn', from: { npm: 'yarn@1.22.22' } },
  { name: 'yarn-berry', program: 'yarn', from: { npm: '@yarnpkg/cli-dist@4.18.1' } },
  { name: 'bun', from: { npm: 'bun@1.4.5' } },
  { name: 'poetry', from: { pip: 'poetry==2.5.1' } },
];

/** Where the tools of the tests are installed: below the repository, out of git. */
export const toolsDirectory = join(repository, 'tmp/demo-tools');

/** The program of a lock tool, whether it is installed or not. */
export function lockToolProgram(name: string, directory = toolsDirectory): string {
  const tool = lockTools.find((each) => each.name === name);
  if (!tool) throw new Error(`\`${name}\` is no lock tool`);
  const folder = 'npm' in tool.from ? 'node_modules/.bin' : 'bin';
  return join(lockToolFolder(tool, directory), folder, tool.program ?? tool.name);
}

export function missingLockTools(directory = toolsDirectory): LockTool[] {
  return lockTools.filter(({ name }) => !isExecutable(lockToolProgram(name, directory)));
}

/** The commands that install a lock tool; a new version goes where the old one was not. */
export function lockToolCommands(tool: LockTool, directory: string): string[][] {
  const folder = lockToolFolder(tool, directory);
  if ('npm' in tool.from) {
    const quiet = ['--no-save', '--no-fund', '--no-audit', '--loglevel=error'];
    return [['npm', 'install', '--prefix', folder, ...quiet, tool.from.npm]];
  }
  return [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin/pip'), 'install', '--quiet', tool.from.pip],
  ];
}

function lockToolFolder({ name, from }: LockTool, directory: string): string {
  const version = Object.values(from).join('').split(/[@=]+/).at(-1) ?? '';
  return join(directory, 'locks', `${name}-${version}`);
}
