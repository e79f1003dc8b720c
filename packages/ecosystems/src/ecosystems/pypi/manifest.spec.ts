import { decodeSource } from '../../text';
import { format } from './manifest';
import { workspaceOf } from './testing/workspace';

const project = (lines: string): string => `[project]\nname = "app"\nversion = "1.2.0"\n${lines}`;

function read(text: string, others: Record<string, string> = {}) {
  const { reader, source } = workspaceOf({ 'libs/app/pyproject.toml': text, ...others });
  return format.read(source('libs/app/pyproject.toml'), reader);
}

function manifestOf(text: string, others: Record<string, string> = {}) {
  const result = read(text, others);
  if (!result.ok) throw result.problems[0];
  if (!result.value) throw new Error('no package');
  return result.value;
}

describe('what is a package', () => {
  it('reads the standard table', () => {
    expect(manifestOf(project(''))).toEqual({
      ecosystem: 'pypi',
      file: 'libs/app/pyproject.toml',
      name: 'app',
      version: { value: '1.2.0', file: 'libs/app/pyproject.toml', via: 'project.version' },
      dependencies: [],
      embeds: [],
      inputs: [],
    });
  });

  it("reads Poetry's own table", () => {
    expect(manifestOf('[tool.poetry]\nname = "app"\nversion = "1.2.0"\n')).toMatchObject({
      name: 'app',
      version: { value: '1.2.0', via: 'tool.poetry.version' },
    });
  });

  it.each([
    ['only tools', '[tool.black]\ntarget-version = ["py39"]\n'],
    ['only a build system', '[build-system]\nrequires = ["setuptools"]\n'],
    ['an application of Poetry', '[tool.poetry]\npackage-mode = false\n'],
  ])('is no package with %s', (_, text) => {
    expect(read(text)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['classifiers = ["Private :: Do Not Upload"]\n', 'classifier `Private :: Do Not Upload`'],
    ['[tool.uv]\npackage = false\n', '`tool.uv.package = false`'],
  ])('is private with %j', (lines, reason) => {
    expect(manifestOf(project(lines)).private).toBe(reason);
  });
});

describe('a broken manifest', () => {
  it.each([
    ['empty', '', 'FORGE-M001', undefined],
    ['truncated', '[project]\nname = "app"\nvers', 'FORGE-M002', 3],
    ['no name', '[project]\nversion = "1.2.0"\n', 'FORGE-M004', 1],
    ['no version', '[project]\nname = "app"\n', 'FORGE-M005', 1],
    ['no version in Poetry', '[tool.poetry]\nname = "app"\n', 'FORGE-M005', 1],
    ['a bad name', '[project]\nname = "-app"\nversion = "1"\n', 'FORGE-M006', 2],
    ['a bad version', '[project]\nname = "app"\nversion = "one"\n', 'FORGE-M006', 3],
    ['a bad dependency', project('dependencies = ["a", "core 1.2"]\n'), 'FORGE-M006', 4],
    ['a byte order mark', `\ufeff${project('')}`, 'FORGE-M014', 1],
  ])('is reported: %s', (_, text, code, line) => {
    const result = read(text);
    expect(result).toMatchObject({ ok: false, problems: [{ code }] });
    expect(result.ok ? undefined : result.problems[0]?.where?.line).toBe(line);
  });

  it('has a frame', () => {
    const result = read(project('dependencies = ["core 1.2"]\n'));
    expect(result.ok ? '' : result.problems[0]?.render()).toContain(
      '   4 | dependencies = ["core 1.2"]\n     |                 ^^^^^^^^^^',
    );
  });

  it('is refused as UTF-16 before it is read', () => {
    expect(decodeSource('pyproject.toml', Buffer.from('[project]', 'utf16le'))).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-M003' }],
    });
  });
});

describe('where the version stands', () => {
  const dynamic = (lines: string): string =>
    `[project]\nname = "my-app"\ndynamic = ["version"]\n${lines}`;
  const maturin =
    '[project]\nname = "app"\n[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n';

  it.each([
    [
      'hatch',
      dynamic('[tool.hatch.version]\npath = "src/a/__about__.py"\n'),
      'libs/app/src/a/__about__.py',
    ],
    [
      'setuptools, an attribute',
      dynamic('[tool.setuptools.dynamic]\nversion = { attr = "a.__version__" }\n'),
      'libs/app/src/a/__init__.py',
    ],
    [
      'setuptools, an attribute of a submodule',
      dynamic('[tool.setuptools.dynamic]\nversion.attr = "b.meta.__version__"\n'),
      'libs/app/b/meta.py',
    ],
    [
      'flit',
      dynamic('[build-system]\nbuild-backend = "flit_core.buildapi"\n'),
      'libs/app/my_app.py',
    ],
    [
      'pdm',
      dynamic('[tool.pdm.version]\nsource = "file"\npath = "src/a/__init__.py"\n'),
      'libs/app/src/a/__init__.py',
    ],
  ])('is a Python file: %s', (_, text, file) => {
    const manifest = manifestOf(text, { [file]: '"""doc"""\n__version__ = "1.2.0"\n' });
    expect(manifest.version).toMatchObject({ value: '1.2.0', file });
    expect(manifest.version.fixed).toBeUndefined();
    expect(manifest.inputs).toEqual([file]);
  });

  it('is a text file', () => {
    const text = dynamic('[tool.setuptools.dynamic]\nversion = { file = ["VERSION"] }\n');
    expect(manifestOf(text, { 'libs/app/VERSION': '1.2.0\n' }).version).toMatchObject({
      value: '1.2.0',
      file: 'libs/app/VERSION',
    });
  });

  it('is the crate beside it, inherited from the workspace of the crate', () => {
    const crates = {
      'Cargo.toml': '[workspace]\npackage.version = "1.3.0-rc.1"\n',
      'libs/app/Cargo.toml': '[package]\nname = "app"\nversion.workspace = true\n',
    };
    const manifest = manifestOf(maturin, crates);
    expect(manifest.version).toEqual({
      value: '1.3.0rc1',
      file: 'Cargo.toml',
      via: 'workspace.package.version',
    });
    expect(manifest.inputs).toEqual(['libs/app/Cargo.toml', 'Cargo.toml']);
  });

  it.each([
    ['setuptools-scm', dynamic('[tool.setuptools_scm]\n'), 'the tag is the version'],
    ['hatch-vcs', dynamic('[tool.hatch.version]\nsource = "vcs"\n'), 'the tag is the version'],
    ['anything else', dynamic(''), 'the build backend computes it'],
    [
      'a file that is missing',
      dynamic('[tool.hatch.version]\npath = "a.py"\n'),
      '`libs/app/a.py` does not exist',
    ],
  ])('is open: %s', (_, text, why) => {
    expect(manifestOf(text).version).toMatchObject({ value: null, fixed: why });
  });
});

describe('dependencies', () => {
  const dependenciesOf = (text: string) =>
    manifestOf(text).dependencies.map(({ name, kind, section, requirement, path, internal }) =>
      [name, kind, section, requirement, path, internal].filter((each) => each !== undefined),
    );

  it('come from all standard tables', () => {
    const text = `${project(`dependencies = ["core>=1.2,<2", 'Other_Lib[x] ~= 1.2 ; python_version < "3.12"', "bare"]
[project.optional-dependencies]
all = ["core==1.2.0", "app[cli]"]
[dependency-groups]
dev = ["core (>=1.2)", {include-group = "test"}]
[build-system]
requires = ["hatchling>=1.20"]
`)}`;
    expect(dependenciesOf(text)).toEqual([
      ['core', 'runtime', 'project.dependencies', '>=1.2,<2'],
      ['Other_Lib', 'runtime', 'project.dependencies', '~= 1.2'],
      ['bare', 'runtime', 'project.dependencies', null],
      ['core', 'optional', 'project.optional-dependencies.all', '==1.2.0'],
      ['hatchling', 'build', 'build-system.requires', '>=1.20'],
      ['core', 'dev', 'dependency-groups.dev', '>=1.2'],
    ]);
  });

  it("come from Poetry's tables", () => {
    const text = `[tool.poetry]
name = "app"
version = "1.2.0"
[tool.poetry.dependencies]
python = "^3.9"
core = "^1.2"
local = { path = "../local", develop = true }
extra = { version = "^1.2", optional = true }
many = [{ version = "^1.2", python = "<3.9" }, { version = "^1.3", python = ">=3.9" }]
[tool.poetry.group.test.dependencies]
core = "*"
`;
    expect(dependenciesOf(text)).toEqual([
      ['core', 'runtime', 'tool.poetry.dependencies', '^1.2'],
      ['local', 'runtime', 'tool.poetry.dependencies', null, 'libs/local'],
      ['extra', 'optional', 'tool.poetry.dependencies', '^1.2'],
      ['many', 'runtime', 'tool.poetry.dependencies', '^1.2'],
      ['many', 'runtime', 'tool.poetry.dependencies', '^1.3'],
      ['core', 'dev', 'tool.poetry.group.test.dependencies', '*'],
    ]);
  });

  it('are local by the sources of uv and by file references', () => {
    const text =
      project(`dependencies = ["core_lib", "util>=1", "near @ file:../near", "far @ https://x/far.zip"]
[tool.uv.sources]
core-lib = { workspace = true }
util = { path = "../../util", editable = true }
`);
    expect(dependenciesOf(text)).toEqual([
      ['core_lib', 'runtime', 'project.dependencies', null, true],
      ['util', 'runtime', 'project.dependencies', '>=1', 'util'],
      ['near', 'runtime', 'project.dependencies', null, 'libs/near'],
      ['far', 'runtime', 'project.dependencies', null],
    ]);
  });
});

describe('embedded crates', () => {
  const crate = { 'crates/x/Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\n' };
  const maturin = '[build-system]\nbuild-backend = "maturin"\n';

  it('are named by maturin', () => {
    const text = project(`${maturin}[tool.maturin]\nmanifest-path = "../../crates/x/Cargo.toml"\n`);
    const manifest = manifestOf(text, crate);
    expect(manifest.embeds).toEqual([
      { manifest: 'crates/x/Cargo.toml', via: 'tool.maturin.manifest-path', ships: 'binary' },
    ]);
    expect(manifest.version.file).toBe('libs/app/pyproject.toml');
    expect(manifest.inputs).toEqual(['crates/x/Cargo.toml']);
  });

  it('stand beside the project', () => {
    expect(manifestOf(project(maturin), { 'libs/app/Cargo.toml': '' }).embeds).toEqual([
      { manifest: 'libs/app/Cargo.toml', via: 'build-backend', ships: 'binary' },
    ]);
    expect(manifestOf(project(maturin)).embeds).toEqual([]);
  });

  it('are named by setuptools-rust', () => {
    const text = project(
      '[[tool.setuptools-rust.ext-modules]]\ntarget = "a._x"\npath = "../../crates/x/Cargo.toml"\n',
    );
    expect(manifestOf(text, crate).embeds).toEqual([
      { manifest: 'crates/x/Cargo.toml', via: 'tool.setuptools-rust.ext-modules', ships: 'binary' },
    ]);
  });
});
