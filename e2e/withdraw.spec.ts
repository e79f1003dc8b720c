import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import {
  startRegistryProcess,
  type Arrival,
  type RegistryProcess,
} from './support/registry-process';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment, type RunResult } from './support/run';
import { Walkthrough } from './support/walkthrough';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

/** One package of each, which no other one of the six needs, and one that is needed by it. */
const subjects = [
  ...['cargo:quill-cli', 'cargo:quill-core', 'npm:@quill/text', 'npm:@quill/native'],
  ...['pypi:quill-text', 'pypi:quill-tool', 'hex:quill', 'hex:quill_words'],
  ...['hackage:quill', 'hackage:quill-words', 'rubygems:quill', 'rubygems:quill_native'],
].map((name) => `${name}@1.0.0`);

/** How a version stands, as the registry's own listing tells. */
interface Standing {
  readonly yanked: boolean;
  readonly removed: boolean;
}

describeWithTools('forge-release yank and unyank, with the tools of all six', ecosystems, () => {
  let registry: RegistryProcess;
  let user: Walkthrough;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    user = new Walkthrough(registry, process.env['PATH'] ?? '');
    succeeded(await user.nx('g', '@forge/release:init', '--no-interactive'));
    user.workspace.commit('Release with Forge');
    succeeded(await user.nx('run-many', '-t', 'publish', '--output-style=static'));
  }, 600_000);

  afterAll(async () => {
    await registry.stop();
    user.workspace.remove();
  });

  /** Without a terminal, as in CI. */
  const forge = (...args: readonly string[]): Promise<RunResult> =>
    run(process.execPath, [join(repository, 'packages/release/bin/forge-release.js'), ...args], {
      cwd: user.workspace.root,
      env: userEnvironment(registry, process.env['PATH'] ?? ''),
    });
  /** Labels of what is in the registry, by how it stands there. */
  async function standing(): Promise<Readonly<Record<'live' | 'yanked', readonly string[]>>> {
    const all = (await registry.arrivals()) as readonly (Arrival & Standing)[];
    const left = all.filter(({ removed }) => !removed);
    const labels = (yanked: boolean): string[] =>
      left
        .filter((each) => each.yanked === yanked)
        .map(({ ecosystem, name, version }) => `${ecosystem}:${name}@${version}`)
        .sort();
    return { live: labels(false), yanked: labels(true) };
  }
  const writes = (): number =>
    registry.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD').length;

  it('shows the plan in a dry run, dependents first, and sends nothing', async () => {
    const before = writes();
    const { output, exitCode } = await forge('yank', ...subjects, '--dry-run');
    expect(output).toContain('dry run: nothing was changed');
    expect(exitCode).toBe(0);
    const at = (label: string): number => output.indexOf(`${label} at `);
    for (const [dependent, need] of [
      ['cargo:quill-cli@1.0.0', 'cargo:quill-core@1.0.0'],
      ['npm:@quill/text@1.0.0', 'npm:@quill/native@1.0.0'],
      ['pypi:quill-text@1.0.0', 'pypi:quill-tool@1.0.0'],
      ['hex:quill@1.0.0', 'hex:quill_words@1.0.0'],
      ['hackage:quill@1.0.0', 'hackage:quill-words@1.0.0'],
      ['rubygems:quill@1.0.0', 'rubygems:quill_native@1.0.0'],
    ] as const) {
      expect(at(dependent)).toBeGreaterThan(0);
      expect(at(dependent)).toBeLessThan(at(need));
    }
    expect(output).toMatch(
      /deprecate: everybody can still install it.*\n.*or --way unpublish: .*72 h/,
    );
    expect(writes()).toBe(before);
  }, 60_000);

  it('asks first, and does nothing where nobody can answer', async () => {
    const before = writes();
    const { output, exitCode } = await forge('yank', ...subjects);
    expect(output).toContain('FORGE-W008 nobody has agreed to yank 12 packages');
    expect(exitCode).toBe(1);
    expect(writes()).toBe(before);
  }, 60_000);

  it('takes all of them back, each as its registry can', async () => {
    succeeded(await forge('yank', ...subjects, '--yes', '--reason', 'it leaks'));
    expect(await standing()).toEqual({
      live: ['cargo:quill-format@1.0.0'],
      yanked: subjects.filter((label) => !label.startsWith('rubygems')).sort(),
    });
    const packument = await fetch(`${registry.url}/npm/@quill%2ftext`);
    expect(await packument.json()).toMatchObject({
      versions: { '1.0.0': { deprecated: 'it leaks' } },
    });
    const again = await forge('yank', ...subjects, '--yes');
    expect(again.output.match(/done already/g)).toHaveLength(subjects.length);
    expect(again.exitCode).toBe(0);
  }, 300_000);

  it('leaves a journal without a token in it', () => {
    const directory = join(user.workspace.root, '.forge/withdrawals');
    const text = readdirSync(directory)
      .map((name) => readFileSync(join(directory, name), 'utf8'))
      .join('');
    expect(text).toContain('"subject":"cargo:quill-cli@1.0.0","way":"yank","state":"begins"');
    expect(text).toContain('"state":"done"');
    expect(text).not.toContain(registry.token);
  });

  it('brings back what can be brought back, without being told what, and says what cannot', async () => {
    const { output, exitCode } = await forge('unyank', '--yes');
    expect(output).toContain('FORGE-W007 `rubygems:quill@1.0.0` cannot be changed at RubyGems');
    expect(exitCode).toBe(1);
    expect(await standing()).toEqual({
      live: [
        ...subjects.filter((label) => !label.startsWith('rubygems')),
        'cargo:quill-format@1.0.0',
      ].sort(),
      yanked: [],
    });
  }, 300_000);

  it('goes further where it is told to and the registry still lets it', async () => {
    const gone = ['npm:@quill/text@1.0.0', 'hex:quill@1.0.0', 'pypi:quill-text@1.0.0'];
    const ways = ['unpublish', 'revert', 'delete'].flatMap((way) => ['--way', way]);
    succeeded(await forge('yank', ...gone, ...ways, '--yes'));
    const documents = [
      'npm/@quill%2ftext',
      'hex/api/packages/quill/releases/1.0.0',
      'pypi/pypi/quill-text/1.0.0/json',
    ];
    const answers = await Promise.all(documents.map((path) => fetch(`${registry.url}/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  }, 120_000);
});
