import { loadFiles, projectNames } from './testing/memory-workspace';

const crate = (name: string, rest = ''): string =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\n${rest}`;
const npm = (name: string, rest: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', ...rest });
const wheel = (name: string): string => `[project]\nname = "${name}"\nversion = "1.0.0"\n`;
const gem = (name: string): string =>
  `Gem::Specification.new do |s|\n  s.name = "${name}"\n  s.version = "1.0.0"\nend\n`;

const namesByRoot = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries([...loadFiles(files).projects].map(([root, { name }]) => [root, name]));

describe('names of projects', () => {
  it('gives the plain name to the earlier ecosystem when four registries have it', () => {
    expect(
      namesByRoot({
        'rb/alpha.gemspec': gem('alpha'),
        'js/package.json': npm('alpha'),
        'py/pyproject.toml': wheel('alpha'),
        'rs/Cargo.toml': crate('alpha'),
      }),
    ).toEqual({ rs: 'alpha', js: 'alpha-npm', py: 'alpha-pypi', rb: 'alpha-rubygems' });
  });

  it('gives the plain name to the published package', () => {
    expect(
      namesByRoot({
        'rs/Cargo.toml': crate('alpha', 'publish = false\n'),
        'py/pyproject.toml': wheel('alpha'),
      }),
    ).toEqual({ rs: 'alpha-cargo', py: 'alpha' });
  });

  it('does not depend on the order in which files are listed', () => {
    const files = {
      'b/Cargo.toml': crate('x'),
      'a/package.json': npm('x'),
      'c/Cargo.toml': crate('x'),
    };
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(namesByRoot(reversed)).toEqual(namesByRoot(files));
    expect(namesByRoot(files)).toEqual({ b: 'x', c: 'x-cargo', a: 'x-npm' });
  });

  it('puts two packages of one directory into one project, called like the directory', () => {
    const model = loadFiles({
      'core/Cargo.toml': crate('core', 'publish = false\n'),
      'core/package.json': npm('@acme/core'),
    });
    expect(projectNames(model)).toEqual(['core']);
    expect(model.projects.get('core')?.packages.map(({ role }) => role)).toEqual([
      'private',
      'published',
    ]);
  });

  it('calls it like the published one if none is called like the directory', () => {
    const files = { 'x/Cargo.toml': crate('a', 'publish = false\n'), 'x/package.json': npm('b') };
    expect(namesByRoot(files)).toEqual({ x: 'b' });
  });

  it.each(['workspaces', 'workspaces.packages'])('agrees with Nx on members of `%s`', (form) => {
    const globs = ['js/*', '!js/out'];
    const root = { private: true, workspaces: form === 'workspaces' ? globs : { packages: globs } };
    const files = {
      'package.json': JSON.stringify(root),
      'js/core/Cargo.toml': crate('core', 'publish = false\n'),
      'js/core/package.json': npm('@acme/core'),
      'js/out/Cargo.toml': crate('out', 'publish = false\n'),
      'js/out/package.json': npm('@acme/out'),
    };
    expect(namesByRoot(files)).toEqual({ 'js/core': '@acme/core', 'js/out': 'out' });
  });

  it('agrees with Nx on members of pnpm-workspace.yaml', () => {
    const yaml =
      '# all\npackages:\n  # libraries\n  - "libs/**"\n  - \'!libs/skip\'\n\ncatalog:\n  a: 1\n';
    const files = {
      'package.json': '{"private":true}',
      'pnpm-workspace.yaml': yaml,
      'libs/a/b/Cargo.toml': crate('b', 'publish = false\n'),
      'libs/a/b/package.json': npm('@acme/b'),
    };
    expect(namesByRoot(files)).toEqual({ 'libs/a/b': '@acme/b' });
  });

  it('yields to names that Nx gives elsewhere', () => {
    const files = {
      'apps/site/project.json': '{"name":"alpha"}',
      'package.json': '{"private":true,"workspaces":["js/*"]}',
      'js/beta/package.json': '{"name":"beta","private":true}',
      'rs/alpha/Cargo.toml': crate('alpha'),
      'rs/beta/Cargo.toml': crate('beta'),
      'rs/gamma/Cargo.toml': crate('gamma'),
      'rs/gamma/project.json': '{"name":"renamed"}',
    };
    expect(namesByRoot(files)).toEqual({
      'rs/alpha': 'alpha-cargo',
      'rs/beta': 'beta-cargo',
      'rs/gamma': 'renamed',
    });
  });

  it('takes the path when a suffix is taken too', () => {
    const files = {
      'a/Cargo.toml': crate('x'),
      'b/Cargo.toml': crate('x-cargo'),
      'c/Cargo.toml': crate('x'),
    };
    expect(namesByRoot(files)).toEqual({ a: 'x', b: 'x-cargo', c: 'x-cargo-c' });
  });
});

describe('roles', () => {
  it('can be set by manifest', () => {
    const files = { 'a/Cargo.toml': crate('a'), 'b/Cargo.toml': crate('b', 'publish = false\n') };
    const roles = { 'a/Cargo.toml': 'private', 'b/Cargo.toml': 'published' } as const;
    expect(loadFiles(files, { roles }).packages.map(({ role }) => role)).toEqual([
      'private',
      'published',
    ]);
  });

  it('holds back what a broken manifest may embed, and nothing else', () => {
    const files = {
      'py/pyproject.toml': '[project\n',
      'py/Cargo.toml': crate('native'),
      'py/ext/Cargo.toml': crate('ext'),
      'other/Cargo.toml': crate('other'),
    };
    const held = loadFiles(files).packages.map(({ manifest, role }) => [manifest.name, role]);
    expect(held).toEqual([
      ['other', 'published'],
      ['native', 'embedded'],
      ['ext', 'embedded'],
    ]);
  });

  it('does not hold back the workspace for a broken file in its root', () => {
    const files = { 'package.json': '{', 'crates/a/Cargo.toml': crate('a') };
    expect(loadFiles(files).packages.map(({ role }) => role)).toEqual(['published']);
  });
});

describe('an empty workspace', () => {
  it('is empty', () => {
    const model = loadFiles({
      'README.md': '#',
      'vendor/bundle/x/x.gemspec': '',
      'target/Cargo.toml': '',
    });
    expect([model.packages, model.edges, model.problems, [...model.projects]]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});
