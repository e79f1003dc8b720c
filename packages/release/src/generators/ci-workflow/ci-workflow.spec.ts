import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FsTree } from 'nx/src/generators/tree';
import { parse } from 'yaml';
import generate, { type CiWorkflowOptions } from './ci-workflow';
import { workflowFile } from './github/workflow';
import { complaints, stepsOf, type Workflow } from './testing/lint-workflow';
import { cases } from './testing/workspaces';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-workflow-'));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
});

afterEach(() => rmSync(root, { recursive: true }));

/** What the generator writes and prints. */
async function generated(
  files: Readonly<Record<string, string>>,
  options: CiWorkflowOptions,
): Promise<{ readonly text: string; readonly printed: string }> {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const tree = new FsTree(root, false);
  const log = jest.spyOn(console, 'log').mockImplementation();
  try {
    await generate(tree, options);
    const printed = log.mock.calls.flat().join('\n');
    const changed = tree.listChanges().map(({ path }) => path);
    expect(changed).toEqual([workflowFile]);
    // A dry run of Nx keeps the tree: the generator itself has written nothing.
    expect(readIfThere(join(root, workflowFile))).toBe(files[workflowFile]);
    return { text: tree.read(workflowFile, 'utf8') ?? '', printed };
  } finally {
    log.mockRestore();
  }
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

describe.each(cases)('the workflow of $name', ({ name, files, options }) => {
  it('is the one that stands in fixtures, and what it needs is printed', async () => {
    const { text, printed } = await generated(files, options);
    const standing = join(__dirname, 'fixtures', name);
    if (process.env['UPDATE']) {
      mkdirSync(dirname(standing), { recursive: true });
      writeFileSync(`${standing}.yml`, text);
      writeFileSync(`${standing}.txt`, `${printed}\n`);
    }
    expect(text).toBe(readIfThere(`${standing}.yml`));
    expect(`${printed}\n`).toBe(readIfThere(`${standing}.txt`));
  });

  it('gives no reason to complain', async () => {
    const { text, printed } = await generated(files, options);
    expect(complaints(parse(text) as Workflow, printed)).toEqual([]);
  });
});

function golden(name: string): Workflow {
  return parse(readFileSync(join(__dirname, 'fixtures', `${name}.yml`), 'utf8')) as Workflow;
}

describe('the complaints that a workflow must give no reason for', () => {
  const printed =
    'CARGO_REGISTRY_TOKEN NODE_AUTH_TOKEN TWINE_PASSWORD HEX_API_KEY HACKAGE_TOKEN GEM_HOST_API_KEY';
  const spoilt = (spoil: (workflow: Workflow) => void): string[] => {
    const workflow = golden('all-ecosystems-with-version-plans');
    spoil(workflow);
    return complaints(workflow, printed);
  };

  it('tell what is wrong', () => {
    expect(spoilt(() => undefined)).toEqual([]);
    expect(spoilt(({ jobs }) => jobs['release']!.steps.shift())).toEqual([
      expect.stringContaining('release: no checkout before'),
    ]);
    expect(spoilt(({ jobs }) => delete jobs['release']!.steps[0]!.with)).toEqual([
      expect.stringContaining('release: a shallow checkout before'),
    ]);
    const run = 'echo ${{ github.event.head_commit.message }}';
    expect(spoilt(({ jobs }) => jobs['release']!.steps.push({ run }))).toEqual([
      'release: an expression in `echo ${{ github.event.head_commit.message }}`',
    ]);
    expect(spoilt(({ jobs }) => jobs['release']!.steps.push({ uses: 'a/b@main' }))).toEqual([
      'release: `a/b@main` is not pinned',
    ]);
    const env = { X: '${{ secrets.X }}' };
    expect(spoilt(({ jobs }) => jobs['release']!.steps.push({ run: 'true', env }))).toEqual([
      'release: nobody is told of the secret `X`',
    ]);
    expect(spoilt(({ jobs }) => delete jobs['dry-run']!.permissions)).toEqual([
      'dry-run: no permissions of its own',
    ]);
  });
});

describe('a workflow that could not run', () => {
  const [{ files }] = cases as [(typeof cases)[0]];
  const problem = (more: Readonly<Record<string, string>>, options: CiWorkflowOptions) =>
    expect(generated({ ...files, ...more }, options)).rejects;
  const release = (settings: object): Record<string, string> => ({
    'nx.json': JSON.stringify({ release: { projects: ['*'], ...settings } }),
  });

  it('replaces no file, unless it is forced to (FORGE-C060)', async () => {
    const there = { [workflowFile]: 'name: Mine\n' };
    await problem(there, {}).toThrow(/^FORGE-C060 `\.github\/workflows\/release\.yml` is there/);
    expect((await generated({ ...files, ...there }, { force: true })).text).toMatch(/^# Written/);
  });

  it('is started by no tag that it makes, and asks nobody (FORGE-C061)', async () => {
    const tags = 'tags' as const;
    await problem(release({ versionPlans: true }), { trigger: tags, tags: ['v*'] }).toThrow(
      /^FORGE-C061 releases of this workspace make tags like `v\*` themselves/,
    );
    await problem(release({}), { trigger: tags }).toThrow(/^FORGE-C061 nothing says which version/);
  });

  it('has something to install and to publish (FORGE-C061)', async () => {
    const nothing = { 'nx.json': '{}', 'package.json': '{}' };
    await expect(generated(nothing, {})).rejects.toThrow(
      /^FORGE-C061 no package of this workspace/,
    );
    rmSync(join(root, 'package.json'));
    await expect(generated({ 'nx.json': '{}' }, {})).rejects.toThrow(
      /^FORGE-C061 there is no package\.json/,
    );
  });
});

describe('the summary of a release', () => {
  /** Runs the lines of the step, with a command line that prints a status. */
  function summary(status: string): string {
    const workflow = golden('own-registries-by-hand');
    const { run = '' } = stepsOf(workflow, 'release').find(({ name }) => name?.includes('stands'))!;
    mkdirSync(join(root, 'bin'));
    writeFileSync(join(root, 'bin/npx'), `#!/bin/sh\nprintf %s "$STATUS"\ntest -n "$STATUS"\n`, {
      mode: 0o755,
    });
    const file = join(root, 'summary.md');
    execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      env: {
        PATH: `${join(root, 'bin')}:${process.env['PATH']}`,
        ...{ RUNNER_TEMP: root, GITHUB_STEP_SUMMARY: file, STATUS: status },
      },
    });
    return readFileSync(file, 'utf8');
  }

  it('has every package and every tag', () => {
    const packages = [
      { package: 'npm:a@1.1.0', state: 'published', url: 'https://x.example/a' },
      { package: 'npm:b@1.1.0', state: 'rejected', error: 'no | bars\nhere' },
      { package: 'npm:c@1.1.0', state: 'planned' },
    ];
    const tags = [
      { name: 'a@1.1.0', isSet: true },
      { name: 'b@1.1.0', isSet: false },
    ];
    expect(summary(JSON.stringify({ id: '7', standing: 'partial', packages, tags }))).toBe(
      `## Release 7: partial

| package | state | where, or why not |
| --- | --- | --- |
| npm:a@1.1.0 | published | https://x.example/a |
| npm:b@1.1.0 | rejected | no bars here |
| npm:c@1.1.0 | planned |  |

- tag a@1.1.0: set
- tag b@1.1.0: not set
`,
    );
  });

  it('says so when no release was begun', () => {
    expect(summary('')).toBe('No release was begun.\n');
  });
});
