import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from './main';

const files: Readonly<Record<string, string>> = {
  VERSION: 'no manifest\n',
  'Cargo.toml':
    '[workspace]\nmembers = ["core", "app"]\n[workspace.package]\nversion = "1.2.0" # all\n',
  'core/Cargo.toml': '[package]\nname = "core"\nversion.workspace = true\n',
  'app/Cargo.toml':
    '[package]\nname = "app"\nversion = "1.0.0"\n[dependencies]\ncore = { path = "../core", version = "^1.2" }\n',
  'web/package.json': '{\r\n\t"name": "web",\r\n\t"version": "3.0.0"\r\n}',
  'settings/package.json': '{ "version": "0.0.0", "workspaces": ["web"] }\n',
  'broken/package.json': '{ "name": "broken", "version": \n',
};
let outside: string;
let root: string;

beforeEach(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'forge-cli-')));
  root = join(outside, 'workspace');
  for (const [file, text] of Object.entries(files)) write(file, text);
});
afterEach(() => rmSync(outside, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const contents = (): Record<string, string> =>
  Object.fromEntries(
    Object.keys(files).map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );

async function run(...argv: readonly string[]) {
  const [out, error]: [string[], string[]] = [[], []];
  const streams = {
    out: (text: string) => out.push(text),
    error: (text: string) => error.push(text),
  };
  const exitCode = await main(argv, root, streams);
  return { exitCode, out: out.join(''), error: error.join('') };
}

describe('forge-release inspect', () => {
  const inspect = async (...paths: readonly string[]) => {
    const { out, ...rest } = await run('inspect', ...paths);
    const lines = out.trimEnd().split('\n');
    return { ...rest, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  };

  it('prints a line for each manifest: facts, places, roles', async () => {
    const { exitCode, lines } = await inspect('app/Cargo.toml', 'core');
    expect(exitCode).toBe(0);
    expect(lines).toMatchObject([
      {
        ...{ file: 'app/Cargo.toml', ecosystem: 'cargo', name: 'app', role: 'published' },
        places: {
          version: [
            { file: 'app/Cargo.toml', line: 3, column: 12, start: 34, end: 39, text: '1.0.0' },
          ],
          requirements: [{ name: 'core', line: 5, text: '^1.2' }],
        },
      },
      {
        ...{ file: 'core/Cargo.toml', version: { value: '1.2.0', file: 'Cargo.toml' } },
        places: { version: [{ file: 'Cargo.toml', line: 4, column: 12, text: '1.2.0' }] },
      },
    ]);
  });

  it('shows texts that no release edits, with the reason, of what is no package as well', async () => {
    write('Cargo.toml', `${files['Cargo.toml']}[patch.crates-io]\ncore = { path = "core" }\n`);
    const { lines } = await inspect('Cargo.toml', 'core');
    expect(lines).toMatchObject([
      {
        package: null,
        places: { untouched: [{ name: 'core', file: 'Cargo.toml', fixed: expect.any(String) }] },
      },
      { name: 'core', places: { untouched: [] } },
    ]);
  });

  it('looks at everything without a path, and says what is broken', async () => {
    const { exitCode, lines } = await inspect();
    expect(exitCode).toBe(1);
    expect(lines).toMatchObject([
      { file: 'Cargo.toml', package: null },
      { file: 'app/Cargo.toml' },
      { file: 'broken/package.json', problems: [{ code: 'FORGE-M002', line: 2 }] },
      { file: 'core/Cargo.toml' },
      { file: 'settings/package.json', package: null },
      { file: 'web/package.json' },
    ]);
  });
});

describe('forge-release edit', () => {
  it('edits what is asked and what follows, to the byte, and shows it', async () => {
    const { exitCode, out, error } = await run(
      ...['edit', 'core', 'app', '--set-version', '1.3.0', '--set-dependency', 'core=1.3.0'],
    );
    expect(error).toBe('3 edits in 2 files: written\n');
    expect(exitCode).toBe(0);
    expect(out).toContain('-version = "1.2.0" # all\n+version = "1.3.0" # all\n');
    expect(contents()).toEqual({
      ...files,
      'Cargo.toml': files['Cargo.toml']?.replace('1.2.0', '1.3.0'),
      'app/Cargo.toml': files['app/Cargo.toml']?.replace('1.0.0', '1.3.0').replace('^1.2', '^1.3'),
    });
  });

  it('shows the same and writes nothing in a dry run', async () => {
    const asked = ['edit', 'web/package.json', '--set-version', '4.0.0-rc.1'];
    const dry = await run(...asked, '--dry-run');
    expect(dry).toMatchObject({
      exitCode: 0,
      error: '1 edit in 1 file: dry run: nothing was written\n',
    });
    expect(contents()).toEqual(files);
    const real = await run(...asked);
    expect(real.out).toBe(dry.out);
    expect(contents()['web/package.json']).toBe(
      files['web/package.json']?.replace('3.0.0', '4.0.0-rc.1'),
    );
  });

  it('refuses in a dry run what it would refuse to write', async () => {
    write('../elsewhere.json', files['web/package.json'] ?? '');
    rmSync(join(root, 'web/package.json'));
    symlinkSync(join(root, '../elsewhere.json'), join(root, 'web/package.json'));
    const dry = await run('edit', 'web/package.json', '--set-version', '4.0.0', '--dry-run');
    expect(dry).toMatchObject({ exitCode: 1, out: '', error: expect.stringContaining('M027') });
  });

  it('edits what a root that is no package states for others', async () => {
    const text = (files['Cargo.toml'] ?? '') + '[workspace.dependencies]\ncore = "^1.2" # all\n';
    write('Cargo.toml', text);
    const { exitCode, error } = await run('edit', 'Cargo.toml', '--set-dependency', 'core=1.3.0');
    expect([exitCode, error]).toEqual([0, '1 edit in 1 file: written\n']);
    expect(contents()['Cargo.toml']).toBe(text.replace('^1.2', '^1.3'));
  });

  it('passes over what is no package in a directory that is named', async () => {
    rmSync(join(root, 'broken'), { recursive: true });
    const { exitCode, error } = await run('edit', '.', '--set-version', '3.1.0');
    expect([exitCode, error]).toEqual([0, '3 edits in 3 files: written\n']);
    write('broken/package.json', files['broken/package.json'] ?? '');
    expect(contents()['settings/package.json']).toBe(files['settings/package.json']);
  });

  it.each([
    [['edit', 'app', 'broken', '--set-version', '2.0.0'], 'FORGE-M002'],
    [['edit', 'app', 'nowhere', '--set-version', '2.0.0'], 'FORGE-C014 `nowhere` does not exist'],
    [['edit', 'VERSION', '--set-version', '2.0.0'], 'FORGE-C014 `VERSION` is no manifest'],
    [['edit', '..', '--set-version', '2.0.0'], 'FORGE-C014 `..` is outside'],
    [['edit', 'app', 'web', '--set-version', '2.0.0.1'], 'FORGE-V001'],
    [['edit', 'app', '--set-dependency', 'gone=2.0.0'], 'FORGE-C014 no manifest depends on `gone`'],
    [['edit', '.', '--set-dependency', 'gone=2.0.0'], 'FORGE-M002'],
    [
      ['edit', 'Cargo.toml', '--set-version', '2.0.0'],
      'FORGE-M005 `Cargo.toml` is a workspace root',
    ],
    [['edit', 'Cargo.toml', 'app', '--set-version', '2.0.0'], 'FORGE-M005'],
    [
      ['edit', 'settings', '--set-version', '2.0.0'],
      'FORGE-M004 `settings/package.json` is no package',
    ],
    [['edit', 'Cargo.toml', '--set-dependency', 'core=2.0.0'], 'no manifest depends on `core`'],
    [['edit', 'app'], 'FORGE-C001 `edit` needs `--set-version`'],
    [['edit', '--set-version', '1.0.0'], 'FORGE-C001 `edit` needs a path'],
    [['edit', 'app', '--set-dependency', 'core'], 'FORGE-C001 `--set-dependency core` is not'],
    [['edit', 'app', '--set-version', '1.0.0', '--policy', 'never'], 'FORGE-C001 `never`'],
    [['inspect', 'app', '--dry-run'], 'FORGE-C001 `--dry-run` is not an option of `inspect`'],
    [['release'], 'FORGE-C001 `release` is not a command'],
  ])('writes nothing for %j: %s', async (argv, reason) => {
    const { exitCode, out, error } = await run(...argv);
    expect(error).toContain(reason);
    expect([exitCode, out]).toEqual([1, '']);
    expect(contents()).toEqual(files);
  });

  it('leaves alone what git ignores, unless it is named', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    write('.gitignore', 'web\n');
    await run('edit', 'web/package.json', '--set-version', '3.0.1');
    expect(contents()['web/package.json']).toContain('3.0.1');
    expect((await run('inspect')).out).not.toContain('web/package.json');
  });
});

it('prints its usage', async () => {
  expect(await run('--help')).toMatchObject({ exitCode: 0, error: '' });
  expect((await run()).out).toMatch(/^Usage: forge-release inspect/m);
  expect((await run('edit', '--help')).out).toMatch(/^Usage: forge-release edit/);
});
