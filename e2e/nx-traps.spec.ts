import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planOf } from './support/printed';
import { succeeded, type RunResult } from './support/run';
import { nxIn, type Nx } from './support/user';
import { rootPackage, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

function crate(name: string, version: string, ...needs: readonly string[]): string {
  return `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n\n[dependencies]\n${needs.join('\n')}\n`;
}

function gem(name: string, version: string, ...needs: readonly string[]): string {
  const lines = needs.map((need) => `  spec.add_dependency ${need}\n`).join('');
  return `Gem::Specification.new do |spec|\n  spec.name = "${name}"\n  spec.version = "${version}"\n${lines}end\n`;
}

const disk = { currentVersionResolver: 'disk' };
const independent = {
  plugins: ['@forge/release'],
  release: {
    projects: ['tag:forge:published'],
    projectsRelationship: 'independent',
    version: disk,
  },
};

/** What Nx 23.1 to 24.0 does to VersionActions that believe what it tells them, case by case. */
describe('traps of Nx', () => {
  let workspace: TemporaryWorkspace;
  let nx: Nx;

  const text = (file: string): string => readFileSync(join(workspace.root, file), 'utf8');
  const open = (files: Readonly<Record<string, string>>, nxJson: unknown = independent): void => {
    workspace = writeWorkspace({
      'package.json': rootPackage(),
      'nx.json': JSON.stringify(nxJson, null, 2),
      ...files,
    });
    nx = nxIn(workspace);
  };
  const refused = ({ exitCode, output }: RunResult): string => {
    expect({ exitCode, output }).toMatchObject({ exitCode: 1 });
    expect(workspace.git('status', '--porcelain')).toBe('');
    return output;
  };
  afterEach(() => workspace.remove());

  it('a project that is versioned twice moves once: as a dependent first, by its own specifier later', async () => {
    // In the order of their names Nx meets `a` first, which depends on all others.
    open({
      'a/Cargo.toml': crate('a', '1.0.0', 'b = { path = "../b", version = "=1.0.0" }'),
      'b/Cargo.toml': crate('b', '1.0.0', 'c = { path = "../c", version = "=1.0.0" }'),
      'c/Cargo.toml': crate('c', '1.0.0'),
    });
    succeeded(await nx('release', 'version', 'minor'));
    expect(text('a/Cargo.toml')).toBe(
      crate('a', '1.1.0', 'b = { path = "../b", version = "=1.1.0" }'),
    );
    expect(text('b/Cargo.toml')).toBe(
      crate('b', '1.1.0', 'c = { path = "../c", version = "=1.1.0" }'),
    );
  }, 60_000);

  it('a dependent in a cycle of dev dependencies, bumped before its dependency, gets the final version', async () => {
    open({
      'a/Cargo.toml': crate('a', '1.0.0', 'b = { path = "../b", version = "=1.0.0" }'),
      'b/Cargo.toml': `${crate('b', '1.0.0')}\n[dev-dependencies]\na = { path = "../a", version = "=1.0.0" }\n`,
    });
    succeeded(await nx('release', 'version', 'major'));
    expect(text('a/Cargo.toml')).toContain('"=2.0.0"');
    expect(text('b/Cargo.toml')).toContain('a = { path = "../a", version = "=2.0.0" }');
  }, 60_000);

  it('dependencies by path alone make their dependents move, and stay as they are', async () => {
    open({
      'a/Cargo.toml': crate('a', '1.0.0', 'b = { path = "../b" }'),
      'b/Cargo.toml': crate('b', '1.0.0'),
    });
    const plan = planOf(succeeded(await nx('release', 'version', 'minor', '--projects=b')));
    expect(plan).toContain('versions: dependency `b` moved\n  a  cargo  1.0.0 → 1.0.1');
    expect(text('a/Cargo.toml')).toBe(crate('a', '1.0.1', 'b = { path = "../b" }'));
  }, 60_000);

  it('what is shipped inside a package makes it move, though it is not released itself', async () => {
    const files = {
      'core/Cargo.toml': crate('core', '1.0.0'),
      'ruby/bind.gemspec': gem('bind', '1.0.0').replace(
        'end\n',
        '  spec.extensions = ["ext/extconf.rb"]\nend\n',
      ),
      'ruby/ext/extconf.rb': '',
      'ruby/ext/Cargo.toml': crate(
        'bind-ext',
        '0.1.0',
        'core = { path = "../../core", version = "=1.0.0" }',
      ),
    };
    open(files);
    const plan = planOf(succeeded(await nx('release', 'version', 'minor', '--projects=core')));
    expect(plan).toMatch(/^ {2}bind +rubygems +1\.0\.0 → 1\.0\.1$/m);
    expect(text('ruby/ext/Cargo.toml')).toBe(
      files['ruby/ext/Cargo.toml'].replace('=1.0.0', '=1.1.0'),
    );
  }, 60_000);

  it.each([
    ['v0.1.8.3', ''],
    ['version', 'v0.1.8.3'],
    ['version', '--specifier=v0.1.8.3'],
  ])(
    'a version that Nx drops for its `v` is refused: nx release %s %s',
    async (...args) => {
      open({ 'r/r.gemspec': gem('r', '0.1.8.2') });
      const output = refused(await nx('release', ...args, '--dry-run'));
      expect(output).toContain('FORGE-V009 Nx drops the specifier `v0.1.8.3`');
      expect(output).toContain('fix: run `nx release 0.1.8.3`');
    },
    60_000,
  );

  it('versions that are no SemVer are taken without a `v`, and SemVer with one', async () => {
    open({ 'r/r.gemspec': gem('r', '0.1.8.2') });
    succeeded(await nx('release', 'version', '0.1.8.3'));
    expect(text('r/r.gemspec')).toBe(gem('r', '0.1.8.3'));
    succeeded(await nx('release', 'version', 'v0.2.0'));
    expect(text('r/r.gemspec')).toBe(gem('r', '0.2.0'));
  }, 60_000);

  describe('versions of four parts, with a dependent in another group', () => {
    const grouped = (relationship: string) => ({
      plugins: ['@forge/release'],
      release: {
        version: disk,
        versionPlans: true,
        groups: {
          base: { projects: ['r'], projectsRelationship: 'fixed' },
          apps: { projects: ['s', 't'], projectsRelationship: relationship },
        },
      },
    });
    const gems = {
      'r/r.gemspec': gem('r', '0.1.8.2'),
      's/s.gemspec': gem('s', '1.0.0', '"r", "= 0.1.8.2"'),
      't/t.gemspec': gem('t', '1.0.0'),
      '.nx/version-plans/one.md': '---\nbase: patch\n---\n\nA change\n',
      '.gitignore': 'node_modules\n.nx/*\n!.nx/version-plans\n',
    };

    it('are refused where Nx would compare them as SemVer and die of `Invalid Version`', async () => {
      open(gems, grouped('fixed'));
      const output = refused(await nx('release', 'version'));
      expect(output).toContain('FORGE-C009 the fixed group `apps` depends on `r` (0.1.8.2)');
      expect(output).toContain('fix: set "projectsRelationship": "independent" for `apps`');
      expect(output).not.toContain('Invalid Version');
    }, 60_000);

    it('come out right as the fix says', async () => {
      open(gems, grouped('independent'));
      succeeded(await nx('release', 'version'));
      expect(text('r/r.gemspec')).toBe(gem('r', '0.1.9.0'));
      expect(text('s/s.gemspec')).toContain('"r", "= 0.1.9.0"');
      expect(text('t/t.gemspec')).toBe(gem('t', '1.0.0'));
    }, 60_000);

    it('are no matter where a specifier is given', async () => {
      open(gems, grouped('fixed'));
      succeeded(await nx('release', 'version', 'patch'));
      expect(text('r/r.gemspec')).toBe(gem('r', '0.1.9.0'));
      expect(text('s/s.gemspec')).toBe(gem('s', '1.0.1', '"r", "= 0.1.9.0"'));
    }, 60_000);
  });

  it('a fixed group goes on from its highest member, where Nx goes on from the first', async () => {
    open(
      { 'a/Cargo.toml': crate('a', '1.0.0'), 'r/r.gemspec': gem('r', '1.4.0') },
      { ...independent, release: { ...independent.release, projectsRelationship: 'fixed' } },
    );
    succeeded(await nx('release', 'version', 'patch'));
    expect(text('a/Cargo.toml')).toBe(crate('a', '1.4.1'));
    expect(text('r/r.gemspec')).toBe(gem('r', '1.4.1'));
  }, 60_000);

  it('a group that goes by another one comes after it, wherever it stands and though nothing leads there', async () => {
    const scheme = { scheme: 'core-patch', core: 'zcore' };
    open(
      { 'r/r.gemspec': gem('r', '0.1.8.2'), 'z/Cargo.toml': crate('z', '0.1.8') },
      {
        plugins: ['@forge/release'],
        release: {
          version: disk,
          groups: {
            bindings: {
              projects: ['r'],
              projectsRelationship: 'independent',
              version: { versionActionsOptions: scheme },
            },
            zcore: { projects: ['z'], projectsRelationship: 'fixed' },
          },
        },
      },
    );
    const plan = planOf(succeeded(await nx('release', 'version', 'patch', '--dry-run')));
    expect(plan).toMatch(/^ {2}r +rubygems +0\.1\.8\.2 → 0\.1\.9\.0$/m);
    const alone = await nx('release', 'version', 'patch', '--groups=bindings', '--dry-run');
    expect(planOf(succeeded(alone))).toMatch(/^ {2}r +rubygems +0\.1\.8\.2 → 0\.1\.8\.3$/m);
  }, 60_000);
});
