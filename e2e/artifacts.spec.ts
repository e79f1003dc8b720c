import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ecosystems, type Artifact, type Ecosystem } from '@forge/ecosystems';
import { openWorkspace } from '../packages/release/src/effects/open-workspace';
import { createWorld } from '../packages/release/src/effects/world';
import { packageProjects } from '../packages/release/src/package/package-projects';
import { describeWithTools } from './support/describe-with-tools';
import { plantedToken, unfitPackages } from './support/unfit-packages';
import { writeInto, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

/** Everything of a workspace packaged with the real tools, as the target `package` does it. */
async function packaged({ root }: TemporaryWorkspace) {
  const workspace = await openWorkspace(root);
  const projects = [...workspace.model.projects.values()];
  const world = createWorld({ dryRun: false });
  const results = await packageProjects(workspace, projects, world);
  const packed = results.flatMap((each) => each.packed);
  return {
    packed,
    files: packed.flatMap(({ artifacts }) => artifacts.map(({ filename }) => filename)).sort(),
    problems: results.flatMap((each) => each.problems),
    projects: new Map(results.map(({ project, problems }) => [project.root, problems])),
  };
}

const nothing = (): void => undefined;
const directories = ['crate', 'javascript', 'python', 'elixir', 'haskell', 'ruby'];

describeWithTools(
  'artifacts of all six',
  ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'],
  () => {
    let workspace: TemporaryWorkspace;
    afterEach(() => workspace.remove());

    it('hold no credentials: each place is named, none is shown (FORGE-A008, FORGE-A009)', async () => {
      workspace = writeWorkspace(unfitPackages, nothing);
      const { projects, problems, packed } = await packaged(workspace);
      expect(packed).toEqual([]);
      for (const directory of directories) {
        const found = projects.get(directory) ?? [];
        const codes = new Set(found.map(({ code }) => code));
        expect([directory, codes]).toEqual([directory, new Set(['FORGE-A008', 'FORGE-A009'])]);
        expect(found.find(({ code }) => code === 'FORGE-A009')?.where).toMatchObject({
          file: expect.stringMatching(/\/notes\.txt$/),
          ...{ line: 2, column: 8 },
        });
      }
      const rendered = problems.map((problem) => problem.render()).join('\n');
      expect(rendered).toContain('token: npm_*****');
      expect(rendered).not.toContain(plantedToken.slice(-12));
    }, 120_000);

    it('hold what a user allows by name, and nothing that lay around from earlier builds', async () => {
      const allow = ['**/.env', '.env', '**/notes.txt', 'notes.txt'];
      const manifests = [
        ...['crate/Cargo.toml', 'javascript/package.json', 'python/pyproject.toml'],
        ...['elixir/mix.exs', 'haskell/unfit.cabal', 'ruby/unfit.gemspec'],
      ];
      const artifacts = Object.fromEntries(manifests.map((file) => [file, { allow }]));
      const options = { plugins: [{ plugin: '@forge/release', options: { artifacts } }] };
      const stale = [
        ...[
          'python/dist/unfit_text-1.0.0-cp311-cp311-linux_x86_64.whl',
          'ruby/unfit-1.0.0-java.gem',
        ],
        ...['ruby/unfit-0.9.0.gem', 'elixir/unfit-1.0.0.tar', 'javascript/unfit-text-1.0.0.tgz'],
        ...['haskell/dist-newstyle/sdist/unfit-1.0.0.tar.gz', 'crate/unfit-1.0.0.crate'],
      ];
      workspace = writeWorkspace(
        {
          ...unfitPackages,
          ...Object.fromEntries(stale.map((file) => [file, 'stale'])),
          'nx.json': JSON.stringify(options),
          // Committed all the same.
          '.gitignore': '.forge\n',
        },
        nothing,
      );
      const { root } = workspace;
      for (const file of ['dist/unfit-text-9.9.9.tgz', '.forge/artifacts/unfit/rubygems/old.gem'])
        writeInto(root, file, 'stale');
      const { files, problems, packed } = await packaged(workspace);
      expect(problems.map((problem) => problem.render())).toEqual([]);
      expect(files).toEqual([
        ...['unfit-1.0.0.crate', 'unfit-1.0.0.gem', 'unfit-1.0.0.tar', 'unfit-1.0.0.tar.gz'],
        ...['unfit-text-1.0.0.tgz', 'unfit_text-1.0.0-py3-none-any.whl', 'unfit_text-1.0.0.tar.gz'],
      ]);
      const sizes = packed.flatMap((each) =>
        each.artifacts.map(({ size }: Pick<Artifact, 'size'>) => size),
      );
      expect(Math.min(...sizes)).toBeGreaterThan('stale'.length);
    }, 120_000);
  },
);

const dotted = {
  'crate/Cargo.toml':
    '[package]\nname = "dotted"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "d"\n',
  'crate/src/lib.rs': '',
  'crate/.sqlx/query.json': '{}',
  'crate/built/table.rs': '',
  'gem/dotted.gemspec':
    'Gem::Specification.new do |s|\n  s.name = "dotted"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = `git ls-files -z`.split("\\x0")\nend\n',
  'gem/.yardopts': '--private',
  'gem/lib/dotted.rb': '',
  'gem/built/table.rb': '',
};

/** Paths inside an artifact below its own top, sorted. */
function membersOf({ root }: TemporaryWorkspace, ecosystem: string, filename: string): string[] {
  const { tool } = ecosystems.find(({ id }) => id === ecosystem) as Ecosystem;
  const found = readdirSync(join(root, '.forge'), { recursive: true, encoding: 'utf8' }).find(
    (path) => path.endsWith(filename),
  );
  const unpacked = tool.unpack(filename, readFileSync(join(root, '.forge', found ?? '')));
  if (!unpacked.ok) throw unpacked.problems[0];
  const { top, members } = unpacked.value;
  const files = members.filter(({ type }) => type === 'file');
  return files.map(({ path }) => path.slice(top === '' ? 0 : top.length + 1)).sort();
}

describeWithTools('artifacts whose tools ask git for the files', ['cargo', 'rubygems'], () => {
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  it('hold what is committed under a dot or in spite of `.gitignore`, and nothing that is not', async () => {
    workspace = writeWorkspace({ ...dotted, '.gitignore': 'built\n.forge\n' }, nothing);
    workspace.git('add', '--force', 'crate/built', 'gem/built');
    workspace.commit('Keep what is built');
    writeInto(workspace.root, 'crate/built/more.rs', '');
    writeInto(workspace.root, 'gem/built/more.rb', '');
    const { packed, problems } = await packaged(workspace);
    expect(problems).toEqual([]);
    const members = packed.map(({ ecosystem, artifacts: [artifact] }) => [
      ecosystem,
      membersOf(workspace, ecosystem, artifact?.filename ?? ''),
    ]);
    expect(Object.fromEntries(members)).toEqual({
      cargo: [
        ...['.sqlx/query.json', 'Cargo.lock', 'Cargo.toml', 'Cargo.toml.orig'],
        ...['built/table.rs', 'src/lib.rs'],
      ],
      rubygems: ['.yardopts', 'built/table.rb', 'dotted.gemspec', 'lib/dotted.rb'],
    });
  }, 60_000);
});

describeWithTools('artifacts of gems', ['rubygems'], () => {
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  const gemspec = (files: string): string =>
    `Gem::Specification.new do |s|\n  s.name = "linked"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = ${files}\nend\n`;

  it('hold no link that leads to nothing, or out of the package (FORGE-A010, FORGE-A011)', async () => {
    workspace = writeWorkspace(
      {
        'nx.json': '{}\n',
        'ruby/linked.gemspec': gemspec('Dir["data/*"]'),
        'ruby/data/words.txt': 'words\n',
        'shared/more.txt': 'more\n',
      },
      nothing,
    );
    const data = join(workspace.root, 'ruby/data');
    symlinkSync('words.txt', join(data, 'fine'));
    symlinkSync('../other.txt', join(data, 'dangling'));
    symlinkSync('../../shared/more.txt', join(data, 'outside'));
    writeFileSync(join(workspace.root, 'ruby/other.txt'), 'not in the gem\n');
    workspace.commit('Link');
    const { problems } = await packaged(workspace);
    expect(problems.map(({ code, what }) => `${code} ${what}`).sort()).toEqual([
      'FORGE-A010 the link `data/dangling` in `linked-1.0.0.gem` leads to `../other.txt`, which is not in the package',
      'FORGE-A011 the link `data/outside` in `linked-1.0.0.gem` leads out of the package, to `../../shared/more.txt`',
    ]);
  }, 60_000);
});

describeWithTools('artifacts of Python', ['pypi'], () => {
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  it('are those that are declared, or a version says without what it goes out (FORGE-A016)', async () => {
    const nxJson = (more: object): string => {
      const files = ['*-py3-none-any.whl', '*-macosx_*_arm64.whl', '*.tar.gz'];
      const artifacts = { 'python/pyproject.toml': { files, ...more } };
      return JSON.stringify({ plugins: [{ plugin: '@forge/release', options: { artifacts } }] });
    };
    workspace = writeWorkspace(
      {
        'nx.json': nxJson({}),
        'python/pyproject.toml': unfitPackages['python/pyproject.toml'] ?? '',
        'python/src/unfit_text/__init__.py': '',
      },
      nothing,
    );
    const { problems } = await packaged(workspace);
    expect(problems.map(({ code, what }) => `${code} ${what}`)).toEqual([
      'FORGE-A016 `unfit-text` lacks `*-macosx_*_arm64.whl`; there are `unfit_text-1.0.0-py3-none-any.whl`, `unfit_text-1.0.0.tar.gz`',
    ]);
    writeInto(workspace.root, 'nx.json', nxJson({ allowPartial: true }));
    const partial = await packaged(workspace);
    expect(partial.problems).toEqual([]);
    expect(partial.packed).toMatchObject([{ without: ['*-macosx_*_arm64.whl'] }]);
  }, 60_000);
});

describeWithTools('packages that build only in the repository', ['cargo', 'rubygems'], () => {
  let workspace: TemporaryWorkspace;
  afterEach(() => workspace.remove());

  const crate = (name: string, ...lines: readonly string[]): string =>
    `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\ndescription = "d"\n${lines.join('\n')}\n`;
  const gem = (files: string): string =>
    `Gem::Specification.new do |s|\n  s.name = "native"\n  s.version = "1.0.0"\n  s.summary = "s"\n  s.authors = ["a"]\n  s.files = ${files}\n  s.extensions = ["ext/extconf.rb"]\nend\n`;
  const whole = {
    'nx.json': JSON.stringify({
      plugins: [{ plugin: '@forge/release', options: { verify: true } }],
    }),
    'Cargo.toml': '[workspace]\nmembers = ["core", "app"]\nresolver = "2"\n',
    'core/Cargo.toml': crate('verified-core'),
    'core/src/lib.rs': 'pub const WORDS: &str = include_str!("words.txt");\n',
    'core/src/words.txt': 'words\n',
    'app/Cargo.toml': crate(
      'verified-app',
      '[dependencies]',
      'verified-core = { path = "../core", version = "1" }',
    ),
    'app/src/lib.rs': "pub fn words() -> &'static str {\n    verified_core::WORDS\n}\n",
    'ruby/native.gemspec': gem('Dir["lib/**/*", "ext/**/*"]'),
    'ruby/lib/native.rb': '',
    // mkmf needs the headers of Ruby, which a distribution may have left out.
    'ruby/ext/extconf.rb':
      'require_relative "words"\nFile.write("Makefile", "all:\\n\\ninstall:\\n\\nclean:\\n")\n',
    'ruby/ext/words.rb': '',
  };

  it('are found before anything goes out: all that is packed is built from it (FORGE-A017)', async () => {
    workspace = writeWorkspace(whole, nothing);
    const fine = await packaged(workspace);
    expect(fine.problems.map((problem) => problem.render())).toEqual([]);
    expect(fine.files).toEqual([
      ...['native-1.0.0.gem', 'verified-app-1.0.0.crate', 'verified-core-1.0.0.crate'],
    ]);

    writeInto(workspace.root, 'core/Cargo.toml', crate('verified-core', 'exclude = ["*.txt"]'));
    writeInto(workspace.root, 'ruby/native.gemspec', gem('Dir["lib/**/*", "ext/extconf.rb"]'));
    const { projects, packed } = await packaged(workspace);
    const [crates, ...more] = projects.get('core') ?? [];
    expect(more).toEqual([]);
    expect(crates?.what).toMatch(/^`cargo package` ends with 101 while `verified-\w+`, `verified-/);
    expect(crates?.frame).toContain('words.txt');
    const [native] = projects.get('ruby') ?? [];
    expect(`${native?.code} ${native?.what}`).toBe(
      'FORGE-A017 `gem install` ends with 1 while `native` is built from what was packed',
    );
    expect(native?.frame).toContain('words');
    expect(packed).toHaveLength(3);
  }, 120_000);
});
