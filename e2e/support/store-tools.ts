import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { postgresBinaries } from '../../packages/registry/src/testing/postgres-binaries';
import { toolsDirectory } from './lock-tools';

/** What the registry may keep things in, beside its own disk, and how a machine gets it. */
export interface StoreTool {
  readonly name: string;
  isThere(directory?: string): boolean;
  /** Run in turn; apt as root only. */
  commands(directory: string): readonly string[][];
}

/** A server that speaks the protocol of S3, in an environment of its own, in one version. */
export function s3Program(directory = toolsDirectory): string {
  return join(directory, 's3/bin/moto_server');
}

export const storeTools: readonly StoreTool[] = [
  {
    name: 'postgresql',
    isThere: () => postgresBinaries() !== undefined,
    commands: () => [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'postgresql'],
    ],
  },
  {
    name: 's3',
    isThere: (directory) => existsSync(s3Program(directory)),
    commands: (directory) => [
      ['python3', '-m', 'venv', join(directory, 's3')],
      [join(directory, 's3/bin/pip'), 'install', '--quiet', 'moto[server]==5.2.5'],
    ],
  },
];

/** Those of these names that are not there; by default of all. */
export function missingStoreTools(
  directory = toolsDirectory,
  names: readonly string[] = storeTools.map(({ name }) => name),
): readonly StoreTool[] {
  return storeTools.filter((tool) => names.includes(tool.name) && !tool.isThere(directory));
}

/** A suite that needs one; without it its tests are skipped by name, in CI they fail. */
export function describeWithStore(title: string, name: string, suite: () => void): void {
  if (missingStoreTools(toolsDirectory, [name]).length === 0) return describe(title, suite);
  const named = `${title} (missing: ${name})`;
  if (!process.env['CI']) return describe.skip(named, suite);
  return describe(named, () => {
    it('finds its tools in CI', () =>
      expect(missingStoreTools(toolsDirectory, [name])).toEqual([]));
  });
}

export function installStoreTools(
  directory: string,
  say: (line: string) => void,
): { readonly commands: readonly string[]; readonly failures: readonly string[] } {
  const lacking = missingStoreTools(directory);
  if (lacking.length === 0) say('every store for the registry is there');
  const commands = lacking.flatMap((tool) => tool.commands(directory));
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const failures = commands.flatMap(([program = '', ...args]) => {
    say(`$ ${[program, ...args].join(' ')}`);
    const { status } = spawnSync(program, args, { stdio: 'inherit', env });
    return status === 0 ? [] : [`${program} ${args[0] ?? ''} ends with ${status}`];
  });
  return { commands: commands.map((argv) => argv.join(' ')), failures };
}
