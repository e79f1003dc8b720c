import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { releaseMajor, type MajorRelease } from './support/frozen';
import { lockToolProgram } from './support/lock-tools';
import { run, succeeded, type RunResult } from './support/run';

interface PackageManager {
  /** Name of the tool, and of its workspace in the fixture. */
  readonly name: string;
  readonly lock: string;
  /** Directories with a lock file of their own: the workspace, and who copies or links the core from outside of it. */
  readonly directories: readonly string[];
  /** Installs by the lock file, or fails. */
  readonly frozen: readonly string[];
  /** Writes the lock file anew; all that is needed lies in the repository. */
  readonly write: readonly string[];
  /** Whether `frozen` ends well with the lock file of before, because it looks at members where they lie. */
  readonly takesStale: boolean;
}

const managers: readonly PackageManager[] = [
  {
    name: 'npm',
    lock: 'package-lock.json',
    directories: ['.', 'examples/alone'],
    frozen: ['ci', '--offline'],
    write: ['install', '--package-lock-only', '--offline'],
    takesStale: true,
  },
  {
    name: 'pnpm',
    lock: 'pnpm-lock.yaml',
    directories: ['.'],
    frozen: ['install', '--frozen-lockfile', '--offline'],
    write: ['install', '--lockfile-only', '--offline'],
    takesStale: false,
  },
  {
    name: 'yarn-classic',
    lock: 'yarn.lock',
    directories: ['.', 'examples/alone'],
    frozen: ['install', '--frozen-lockfile', '--offline'],
    write: ['install', '--offline'],
    takesStale: true,
  },
  {
    name: 'yarn-berry',
    lock: 'yarn.lock',
    directories: ['.'],
    frozen: ['install', '--immutable'],
    write: ['install', '--mode=update-lockfile'],
    takesStale: false,
  },
  {
    name: 'bun',
    lock: 'bun.lock',
    directories: ['.'],
    frozen: ['install', '--frozen-lockfile'],
    write: ['install', '--lockfile-only'],
    takesStale: false,
  },
];

const tools = ['npm', 'pnpm', 'yarn-classic', 'yarn-berry', 'bun'];
const cores = ['@pine/core', '@oak/core', '@elm/core', '@fir/core', '@ash/core'];

/**
 * Five workspaces in one repository, one for each package manager; the core of each goes up by a major version. Others
 * ask for it in every table, by `workspace:`, `catalog:`, `file:` and under another name; and all of them also for the
 * core that was published long before, as an archive.
 */
describeWithTools('npm packages whose core goes up by a major version', tools, () => {
  let release: MajorRelease;

  const install = (
    { name }: PackageManager,
    cwd: string,
    args: readonly string[],
  ): Promise<RunResult> => {
    const env = {
      ...release.env,
      ...{ HOME: release.home, YARN_ENABLE_NETWORK: '0', YARN_ENABLE_TELEMETRY: '0', CI: 'true' },
      ...{ npm_config_registry: 'http://127.0.0.1:9', npm_config_update_notifier: 'false' },
    };
    const program = name === 'npm' ? 'npm' : lockToolProgram(name);
    return run(program, args, { cwd, env });
  };
  /** A copy that nothing is installed in, and above which no manifest lies. */
  const copyOf = ({ name }: PackageManager): string => {
    const copy = mkdtempSync(join(release.home, 'copy-'));
    cpSync(join(release.workspace.root, name), copy, { recursive: true });
    return copy;
  };

  beforeAll(async () => {
    release = await releaseMajor('frozen-npm', ...cores);
  }, 120_000);
  afterAll(() => release.remove());

  it('change where they speak of the core, and nowhere else', () => {
    const { workspace } = release;
    const changed = release.changedFiles();
    const all = workspace.git('ls-files', '*.json', '*.lock', '*.yaml', '*.yml').trim().split('\n');
    expect(all.filter((file) => !changed.includes(file))).toEqual([
      'bun/packages/check/package.json', // `catalog:`
      'npm/examples/alone/package.json', // `file:`
      'nx.json',
      'package.json',
      'yarn-classic/examples/alone/package.json', // `file:`
      'yarn-classic/yarn.lock', // names no member
    ]);
    expect(changed.filter((file) => !all.includes(file))).toEqual([]);
    // A union of ranges gets another one; all else keeps its form.
    const widened = (line: string): string =>
      line.replace(' || ^#"', '"').replace(/ \|\| \^#$/, '');
    expect(release.maskedLines('+').map(widened)).toEqual(release.maskedLines('-'));
  });

  describe.each(managers)('with $name', (manager) => {
    it.each(manager.directories)(
      'are installed in %s as they are locked',
      async (directory) => {
        const cwd = join(copyOf(manager), directory);
        const before = readFileSync(join(cwd, manager.lock), 'utf8');
        succeeded(await install(manager, cwd, manager.frozen));
        if (manager.name === 'npm') succeeded(await install(manager, cwd, ['ls', '--all']));
        expect(readFileSync(join(cwd, manager.lock), 'utf8')).toBe(before);
      },
      60_000,
    );

    it.each(manager.directories)(
      'are locked in %s as the tool itself would lock them',
      async (directory) => {
        const cwd = join(copyOf(manager), directory);
        const file = join(cwd, manager.lock);
        const before = readFileSync(file, 'utf8');
        // Empty and not absent: it is what tells yarn that a project begins here.
        if (manager.lock === 'yarn.lock') writeFileSync(file, '');
        else rmSync(file);
        succeeded(await install(manager, cwd, manager.write));
        expect(readFileSync(file, 'utf8')).toBe(before);
      },
      60_000,
    );

    it.each(manager.directories)(
      `${manager.takesStale ? 'would' : 'would not'} be taken in %s with the lock file of before`,
      async (directory) => {
        const cwd = join(copyOf(manager), directory);
        const path = join(manager.name, directory, manager.lock);
        writeFileSync(join(cwd, manager.lock), release.workspace.git('show', `HEAD:${path}`));
        const { exitCode } = await install(manager, cwd, manager.frozen);
        expect(exitCode === 0).toBe(manager.takesStale);
      },
      60_000,
    );
  });
});
