import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { lines, ReleaseCommand } from './support/release-command';
import {
  rootPackage,
  writeInto,
  writeWorkspace,
  type TemporaryWorkspace,
} from './support/workspace';
import { succeeded } from './support/run';
import { nxIn } from './support/user';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
let made = 0;

/** Two packages of which one needs the other, with names that no other test publishes. */
function files(release: object = {}): {
  readonly name: string;
  readonly all: Record<string, string>;
} {
  made += 1;
  const name = `pair-${made}`;
  const plugins = ['@forge/release'];
  const all = {
    'nx.json': json({
      plugins,
      release: {
        projects: ['tag:forge:published'],
        projectsRelationship: 'independent',
        ...release,
      },
    }),
    'package.json': rootPackage(['one', 'two']),
    'one/package.json': json({ name: `${name}-one`, version: '1.0.0', main: 'index.js' }),
    'one/index.js': 'module.exports = 1;\n',
    'two/package.json': json({
      name: `${name}-two`,
      version: '1.0.0',
      dependencies: { [`${name}-one`]: '^1.0.0' },
    }),
    'two/index.js': 'module.exports = 2;\n',
  };
  return { name, all };
}

describe('forge-release run', () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let forge: ReleaseCommand;
  let name: string;

  beforeAll(async () => {
    registry = await startRegistryProcess();
  }, 60_000);
  afterAll(() => registry.stop());
  afterEach(() => workspace.remove());

  function start(release: object = {}, more: Readonly<Record<string, string>> = {}): void {
    const made = files(release);
    ({ name } = made);
    workspace = writeWorkspace({ ...made.all, ...more });
    forge = new ReleaseCommand(workspace.root, registry);
  }

  const git = (...args: readonly string[]): string => workspace.git(...args).trim();
  const read = (file: string): string => readFileSync(join(workspace.root, file), 'utf8');
  const write = (file: string, text: string): void => writeInto(workspace.root, file, text);
  const tags = (): string[] => git('tag').split('\n').filter(Boolean);
  const live = async (): Promise<string[]> =>
    (await registry.arrivals())
      .filter((each) => each.name.startsWith(`${name}-`))
      .map((each) => `${each.name}@${each.version}`)
      .sort();
  const both = (version: string): string[] => [`${name}-one@${version}`, `${name}-two@${version}`];
  const tarballOf = (directory: string): string => {
    const store = join(workspace.root, '.forge/artifacts');
    const files = readdirSync(store, { recursive: true, encoding: 'utf8' });
    const file = files.find(
      (each) => each.includes(`${name}-${directory}-`) && each.endsWith('.tgz'),
    );
    return join(store, file ?? 'no tarball');
  };
  const uploads = (): number =>
    registry.requests().filter(({ method, path }) => method === 'PUT' && path.includes(name))
      .length;

  it('does what its dry run shows: files, commit, uploads, tags, results', async () => {
    start();
    const before = git('rev-parse', 'HEAD');
    const dry = succeeded(await forge.run('run', 'minor', '--dry-run'));
    expect([git('rev-parse', 'HEAD'), git('status', '--porcelain'), tags()]).toEqual([
      before,
      '',
      [],
    ]);
    expect(existsSync(join(workspace.root, '.forge'))).toBe(false);
    const { output } = await forge.run('run', 'minor', '--yes');
    expect(output).toContain(dry.slice(0, dry.indexOf('\n\ndry run:')));
    expect(output).toMatch(/\nreleased\n$/);
    expect(await live()).toEqual(both('1.1.0'));
    expect(tags()).toEqual(both('1.1.0'));
    expect(git('diff', '--name-only', 'HEAD~1')).toBe('one/package.json\ntwo/package.json');
    expect(git('log', '-1', '--format=%B')).toContain(`- project: ${name}-one 1.1.0`);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('cat-file', '-t', `${name}-one@1.1.0`)).toBe('tag');
    const [artifact] = (
      JSON.parse(read(`.forge/results/${name}-one.json`)) as [
        { artifacts: [{ sha256: string }]; outcome: string },
      ]
    )[0].artifacts;
    const message = git('cat-file', 'tag', `${name}-one@1.1.0`);
    expect(message).toContain(artifact.sha256);
    expect(message).toContain('  registry:127.0.0.1:');
    expect(lines(workspace.root)[0]).toMatchObject({
      ...{ event: 'begin', actor: { name: expect.any(String), via: expect.any(String) } },
    });
    expect(lines(workspace.root).at(-1)).toMatchObject({ event: 'end', outcome: 'released' });
    expect(existsSync(join(workspace.root, '.forge/lock'))).toBe(false);
  }, 120_000);

  it('publishes nothing that nobody has agreed to (FORGE-L011), and asks for a version (FORGE-C001)', async () => {
    start();
    const { exitCode, output } = await forge.run('run', 'patch');
    expect([exitCode, output]).toEqual([1, expect.stringContaining('FORGE-L011')]);
    expect(await forge.run('run', '--yes')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('FORGE-C001 nobody says which version'),
    });
    expect([git('status', '--porcelain'), await live()]).toEqual(['', []]);
  }, 60_000);

  it('stops for everything that is in the way at once, before it writes: a dirty tree, a tag (FORGE-C020)', async () => {
    start();
    git('tag', `${name}-one@1.0.1`);
    write('one/index.js', 'module.exports = 3;\n');
    const { exitCode, output } = await forge.run('run', 'patch', '--yes');
    expect(exitCode).toBe(1);
    expect(output).toContain('FORGE-C003');
    expect(output).toContain(`FORGE-C020 the tag \`${name}-one@1.0.1\``);
    expect(git('status', '--porcelain')).toBe('M one/index.js');
    expect(lines(workspace.root)).toEqual([]);
  }, 60_000);

  it('says what Nx refuses (FORGE-L002)', async () => {
    start({ changelog: { projectChangelogs: true } });
    const { exitCode, output } = await forge.run('run', 'patch', '--yes');
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining('FORGE-L002 Nx stops: Unable to'),
    ]);
  }, 60_000);

  it('keeps a second release out while it runs (FORGE-L001)', async () => {
    start();
    const first = await forge.asleep('step/commit//done', 'run', 'patch', '--yes');
    for (const command of [['run', 'patch', '--yes'], ['resume'], ['rollback']])
      expect(await forge.run(...command)).toMatchObject({
        exitCode: 1,
        output: expect.stringMatching(/FORGE-L001 `run patch --yes` releases .*process \d+/),
      });
    const nx = nxIn(workspace, registry);
    for (const command of [
      ['release', 'patch', '--yes'],
      ['run-many', '-t', 'publish'],
    ])
      expect(await nx(...command)).toMatchObject({
        exitCode: 1,
        output: expect.stringMatching(/FORGE-L001 `run patch --yes` releases .*process \d+/),
      });
    expect(git('status', '--porcelain')).toBe('');
    const ended = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGCONT');
    expect(await ended).toBe(0);
    expect(await live()).toEqual(both('1.0.1'));
  }, 120_000);

  it('is kept out by a run of Nx that publishes (FORGE-L001)', async () => {
    start();
    let refuse: () => void = () => undefined;
    const refused = new Promise<void>((resolve) => (refuse = resolve));
    const slow = createServer((_, response) => {
      void refused.then(() => response.writeHead(403).end());
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const publishing = nxIn(workspace, { url, token: 'unused' })('run-many', '-t', 'publish');
    while (!existsSync(join(workspace.root, '.forge/lock')))
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await forge.run('run', 'patch', '--yes')).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/FORGE-L001 `nx publish` releases .*process \d+/),
    });
    refuse();
    expect(await publishing).toMatchObject({ exitCode: 1 });
    slow.close();
    slow.closeAllConnections();
  }, 120_000);

  it('commits changelogs and used version plans with the rest', async () => {
    start(
      {
        versionPlans: true,
        changelog: { projectChangelogs: { file: '{projectRoot}/CHANGELOG.md' } },
      },
      { 'two/CHANGELOG.md': '## 1.0.0\n\nFirst.\n' },
    );
    git('tag', `${name}-one@1.0.0`);
    git('tag', `${name}-two@1.0.0`);
    write(
      '.nx/version-plans/it.md',
      `---\n${name}-one: minor\n${name}-two: patch\n---\n\nNew words.\n`,
    );
    write(
      '.gitignore',
      `${read('.gitignore').replace('.nx\n', '.nx/cache\n.nx/workspace-data\n')}`,
    );
    workspace.commit('feat: plan');
    succeeded(await forge.run('run', '--yes'));
    expect(read('one/CHANGELOG.md')).toContain('New words.');
    expect(read('two/CHANGELOG.md')).toMatch(
      /^## 1\.0\.1[\s\S]*New words\.[\s\S]*## 1\.0\.0\n\nFirst\.\n$/,
    );
    expect(git('diff', '--name-status', 'HEAD~1').split('\n').sort()).toEqual([
      'A\tone/CHANGELOG.md',
      'D\t.nx/version-plans/it.md',
      'M\tone/package.json',
      'M\ttwo/CHANGELOG.md',
      'M\ttwo/package.json',
    ]);
    expect(git('status', '--porcelain')).toBe('');
    expect(await live()).toEqual([`${name}-one@1.1.0`, `${name}-two@1.0.1`]);
  }, 120_000);

  describe('rollback', () => {
    it('takes back files, commit and nothing else, whatever the user did since', async () => {
      start();
      const before = git('rev-parse', 'HEAD');
      await forge.killed('after:step/commit//done', ['run', 'patch', '--yes']);
      write('notes.txt', 'mine\n');
      write('dist/ignored.txt', 'mine too\n');
      write('one/index.js', 'module.exports = 3;\n');
      git('add', 'notes.txt');
      expect(await forge.run('run', 'patch', '--yes')).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('FORGE-L003'),
      });
      succeeded(await forge.run('rollback'));
      expect(git('rev-parse', 'HEAD')).toBe(before);
      expect(read('one/package.json')).toContain('"version": "1.0.0"');
      expect(git('status', '--porcelain')).toBe('A  notes.txt\n M one/index.js');
      expect([read('notes.txt'), read('dist/ignored.txt')]).toEqual(['mine\n', 'mine too\n']);
      expect(await forge.run('rollback')).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('FORGE-L012'),
      });
    }, 60_000);

    it('leaves a commit that somebody built on, and says so (FORGE-L008)', async () => {
      start();
      await forge.killed('after:step/commit//done', ['run', 'patch', '--yes']);
      write('one/index.js', 'module.exports = 3;\n');
      workspace.commit('Mine, on top');
      const head = git('rev-parse', 'HEAD');
      const { exitCode, output } = await forge.run('rollback');
      expect([exitCode, output]).toEqual([1, expect.stringContaining('FORGE-L008 HEAD is not')]);
      expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual([head, '']);
      expect(lines(workspace.root).at(-1)).toMatchObject({ event: 'end', outcome: 'abandoned' });
    }, 60_000);

    it('touches nothing where a file of the release was changed since (FORGE-L004)', async () => {
      start();
      await forge.killed('before:step/version//done', ['run', 'patch', '--yes']);
      write('one/package.json', read('one/package.json').replace('index.js', 'main.js'));
      const edited = git('diff');
      for (const command of ['rollback', 'resume']) {
        const { exitCode, output } = await forge.run(command);
        expect([exitCode, output]).toEqual([
          1,
          expect.stringContaining('FORGE-L004 `one/package.json`'),
        ]);
        expect(git('diff')).toBe(edited);
      }
    }, 60_000);

    it('refuses once something is live (FORGE-L008)', async () => {
      start();
      await forge.killed('before:step/upload/.*/done', ['run', 'patch', '--yes']);
      while ((await live()).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
      const { exitCode, output } = await forge.run('rollback');
      expect([exitCode, output]).toEqual([1, expect.stringMatching(/FORGE-L008 `npm:.* is live/)]);
      expect(await forge.run('status')).toMatchObject({
        output: expect.stringContaining('uploading'),
      });
      succeeded(await forge.run('resume'));
      expect([await live(), tags()]).toEqual([both('1.0.1'), both('1.0.1')]);
      const status = succeeded(await forge.run('status', '--json'));
      expect(JSON.parse(status)).toMatchObject({ standing: 'released' });
    }, 120_000);
  });

  describe('goes on after', () => {
    const hook = (text: string): void => {
      write('.git/hooks/pre-commit', `#!/bin/sh\n${text}\n`);
      chmodSync(join(workspace.root, '.git/hooks/pre-commit'), 0o755);
    };

    it('a hook that refuses the commit (FORGE-L006)', async () => {
      start();
      hook('echo "no release on Fridays" >&2; exit 1');
      const { exitCode, output } = await forge.run('run', 'patch', '--yes');
      expect([exitCode, output]).toEqual([1, expect.stringContaining('no release on Fridays')]);
      expect(output).toContain('FORGE-L006');
      hook('exit 0');
      succeeded(await forge.run('resume'));
      expect(await live()).toEqual(both('1.0.1'));
    }, 120_000);

    it('a hook that commits other bytes (FORGE-L005)', async () => {
      start();
      hook('echo "//" >> one/index.js; git add one/index.js');
      const { exitCode, output } = await forge.run('run', 'patch', '--yes');
      expect([exitCode, output]).toEqual([1, expect.stringContaining('FORGE-L005')]);
      expect(await live()).toEqual([]);
    }, 60_000);

    it('a tag that cannot be set, without uploading again (FORGE-L007)', async () => {
      start();
      // A tag in a directory of that name: git can have the one or the other.
      git('tag', `${name}-one@1.0.1/x`);
      const { exitCode, output } = await forge.run('run', 'patch', '--yes');
      expect([exitCode, output]).toEqual([1, expect.stringContaining('FORGE-L007')]);
      expect(output.match(/^published /gm)).toHaveLength(2);
      expect(tags()).toEqual([`${name}-one@1.0.1/x`, `${name}-two@1.0.1`]);
      git('tag', '--delete', `${name}-one@1.0.1/x`);
      const before = uploads();
      succeeded(await forge.run('resume'));
      expect([tags(), uploads()]).toEqual([both('1.0.1'), before]);
    }, 120_000);

    it('a tag that somebody set elsewhere meanwhile (FORGE-L010)', async () => {
      start();
      await forge.killed('after:step/commit//done', ['run', 'patch', '--yes']);
      git('tag', `${name}-one@1.0.1`, 'HEAD~1');
      const { exitCode, output } = await forge.run('resume');
      expect([exitCode, output]).toEqual([1, expect.stringContaining('FORGE-L010')]);
      expect([await live(), tags()]).toEqual([both('1.0.1'), both('1.0.1')]);
      git('tag', '--delete', `${name}-one@1.0.1`);
      succeeded(await forge.run('resume'));
      expect(git('rev-parse', `${name}-one@1.0.1^{commit}`)).toBe(git('rev-parse', 'HEAD'));
    }, 120_000);

    it('a push that is refused (FORGE-L009), with commit and tags', async () => {
      start();
      const remote = mkdtempSync(join(tmpdir(), 'forge-remote-'));
      execFileSync('git', ['init', '--quiet', '--bare', remote]);
      git('remote', 'add', 'origin', join(remote, 'nowhere'));
      const { exitCode, output } = await forge.run('run', 'patch', '--yes', '--push');
      expect([exitCode, output]).toEqual([1, expect.stringContaining('FORGE-L009')]);
      git('remote', 'set-url', 'origin', remote);
      const before = uploads();
      succeeded(await forge.run('resume'));
      const there = execFileSync('git', ['for-each-ref', '--format=%(refname)'], {
        cwd: remote,
        encoding: 'utf8',
      });
      expect(there.trim().split('\n')).toEqual([
        'refs/heads/main',
        ...both('1.0.1').map((tag) => `refs/tags/${tag}`),
      ]);
      expect(uploads()).toBe(before);
      rmSync(remote, { recursive: true });
    }, 120_000);

    it('a commit that somebody made on top: what goes out, up and gets the tags is the own one alone', async () => {
      start();
      const remote = mkdtempSync(join(tmpdir(), 'forge-remote-'));
      execFileSync('git', ['init', '--quiet', '--bare', remote]);
      git('remote', 'add', 'origin', remote);
      await forge.killed('after:step/commit//done', ['run', 'patch', '--yes', '--push']);
      const own = git('rev-parse', 'HEAD');
      write('one/index.js', 'module.exports = 3;\n');
      workspace.commit('Mine, on top');
      const head = git('rev-parse', 'HEAD');
      succeeded(await forge.run('resume'));
      expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual([head, '']);
      expect(read('one/index.js')).toBe('module.exports = 3;\n');
      expect([await live(), tags()]).toEqual([both('1.0.1'), both('1.0.1')]);
      const packed = execFileSync('tar', ['-xzOf', tarballOf('one'), 'package/index.js'], {
        encoding: 'utf8',
      });
      expect(packed).toBe('module.exports = 1;\n');
      const at = (...args: readonly string[]): string =>
        execFileSync('git', args, { cwd: remote, encoding: 'utf8' }).trim();
      expect(
        at('for-each-ref', '--format=%(refname) %(*objectname)%(objectname)').split('\n'),
      ).toEqual([
        `refs/heads/main ${own}`,
        ...both('1.0.1').map((tag) => expect.stringContaining(`refs/tags/${tag} ${own}`)),
      ]);
      expect(at('rev-list', '--all', '--format=%s', '--no-commit-header')).not.toContain('Mine');
      rmSync(remote, { recursive: true });
    }, 120_000);

    it('an interruption, which says how', async () => {
      start();
      const child = await forge.asleep('step/commit//done', 'run', 'patch', '--yes');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      child.kill('SIGCONT');
      expect(await ended).toBe(130);
      succeeded(await forge.run('resume'));
      expect([await live(), tags()]).toEqual([both('1.0.1'), both('1.0.1')]);
    }, 120_000);

    it('nothing, where nothing was begun (FORGE-L012)', async () => {
      start();
      expect(await forge.run('resume')).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('FORGE-L012'),
      });
      expect(readdirSync(join(workspace.root, '.forge'))).toEqual(['.gitignore']);
    }, 60_000);
  });
});
