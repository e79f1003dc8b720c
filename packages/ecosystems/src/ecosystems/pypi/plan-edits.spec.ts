import { changeManifest } from '../../edit';
import type { ManifestChange } from '../../model';
import { pypi } from '.';
import { workspaceOf } from './testing/workspace';

const file = 'app/pyproject.toml';

/** The text of every changed file after the change, read back and verified; or the codes of the refusals. */
function changed(files: Record<string, string>, change: ManifestChange) {
  const { reader, source } = workspaceOf(files);
  const result = changeManifest(pypi, source(file), change, reader);
  if (!result.ok) return result.problems.map(({ code }) => code);
  return Object.fromEntries(
    [...result.value.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
}

const head = '[project]\nname = "app"\nversion = "1.2.0"\n';
const core = (policy: 'violated' | 'always' = 'always'): ManifestChange => ({
  requirements: [{ name: 'core', version: '1.3.0', policy }],
});

describe('setting the version', () => {
  it.each([
    ['a comment stays', 'version = "1.2.0" # keep', 'version = "1.3.0" # keep'],
    ['quotes stay', "version   = '1.2.0'", "version   = '1.3.0'"],
    [
      'other versions stay',
      'version = "1.2.0"\n[tool.black]\ntarget-version = "1.2.0"\n[[tool.x]]\nversion = "1.2.0"',
      'version = "1.3.0"\n[tool.black]\ntarget-version = "1.2.0"\n[[tool.x]]\nversion = "1.2.0"',
    ],
    [
      'both tables change',
      'version = "1.2.0"\n[tool.poetry]\nversion = "1.2.0"\n',
      'version = "1.3.0"\n[tool.poetry]\nversion = "1.3.0"\n',
    ],
  ])('%s', (_, before, after) => {
    const text = (lines: string): string => `[project]\nname = "app"\n${lines}`;
    expect(changed({ [file]: text(before) }, { version: '1.3.0' })).toEqual({
      [file]: text(after),
    });
    const crlf = (lines: string): string => text(lines).replaceAll('\n', '\r\n');
    expect(changed({ [file]: crlf(before) }, { version: '1.3.0' })).toEqual({
      [file]: crlf(after),
    });
  });

  it('does nothing where the version is set already', () => {
    expect(changed({ [file]: head }, { version: '1.2.0' })).toEqual({});
  });

  it('edits a Python file only', () => {
    const about = (version: string): string =>
      `"""Says\n__version__ = "1.2.0"\n"""\n# __version__ = "1.2.0"\n__version__: str = '${version}'  # noqa\n`;
    const files = {
      [file]:
        '[project]\nname = "app"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "a/__about__.py"\n',
      'app/a/__about__.py': about('1.2.0'),
    };
    expect(changed(files, { version: '1.3.0rc1' })).toEqual({
      'app/a/__about__.py': about('1.3.0rc1'),
    });
  });

  it('keeps the line end of a text file', () => {
    const files = {
      [file]:
        '[project]\nname = "app"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = { file = "VERSION" }\n',
      'app/VERSION': '1.2.0\r\n',
    };
    expect(changed(files, { version: '1.3.0' })).toEqual({ 'app/VERSION': '1.3.0\r\n' });
  });

  it("edits the crate in the crate's spelling", () => {
    const files = {
      [file]: '[project]\nname = "app"\n[build-system]\nbuild-backend = "maturin"\n',
      'app/Cargo.toml': '[package]\nname = "app"\nversion.workspace = true\n',
      'Cargo.toml': '[workspace.package]\nversion = "1.2.0" # all\n',
    };
    expect(changed(files, { version: '1.3.0rc1' })).toEqual({
      'Cargo.toml': '[workspace.package]\nversion = "1.3.0-rc.1" # all\n',
    });
  });

  it('refuses a version that a tag sets', () => {
    const text = '[project]\nname = "app"\ndynamic = ["version"]\n[tool.setuptools_scm]\n';
    expect(changed({ [file]: text }, { version: '1.3.0' })).toEqual(['FORGE-M007']);
  });

  it('refuses a string with escapes', () => {
    const text = '[project]\nname = "app"\nversion = "1.2\\u002e0"\n';
    expect(changed({ [file]: text }, { version: '1.3.0' })).toEqual(['FORGE-M008']);
  });
});

describe('setting requirements', () => {
  it.each([
    [
      `dependencies = ["core>=1.2,<2", 'core[extra] ~= 1.2 ; python_version < "3.12"']`,
      `dependencies = ["core>=1.3,<2", 'core[extra] ~= 1.3 ; python_version < "3.12"']`,
    ],
    [`dependencies = ["Core (>=1.2)"] # c`, `dependencies = ["Core (>=1.3)"] # c`],
    [
      `[project.optional-dependencies]\nall = ["core==1.2.0"]`,
      `[project.optional-dependencies]\nall = ["core==1.3.0"]`,
    ],
    [
      `[dependency-groups]\ndev = ["core>=1.2", {include-group = "test"}]`,
      `[dependency-groups]\ndev = ["core>=1.3", {include-group = "test"}]`,
    ],
    [`[build-system]\nrequires = ["core>=1.2"]`, `[build-system]\nrequires = ["core>=1.3"]`],
    [
      `[tool.poetry.dependencies]\ncore = [{version="^1.2", python="<3.9"}, {version = "^1.2"}]`,
      `[tool.poetry.dependencies]\ncore = [{version="^1.3", python="<3.9"}, {version = "^1.3"}]`,
    ],
    [
      `[tool.poetry.dependencies.core]\nversion = "^1.2"\nextras = ["x"]`,
      `[tool.poetry.dependencies.core]\nversion = "^1.3"\nextras = ["x"]`,
    ],
  ])('rewrites %j', (before, after) => {
    expect(changed({ [file]: head + before }, core())).toEqual({ [file]: head + after });
  });

  it.each([
    `dependencies = ["core @ file:../core", "core-extra>=1.2", "core"]`,
    `[tool.poetry.dependencies]\ncore = {path="../core", develop=true}`,
    `[tool.other]\ncore = "1.2"`,
  ])('leaves %j', (text) => {
    expect(changed({ [file]: head + text }, core())).toEqual({});
  });

  it('compares names as PyPI does', () => {
    const change: ManifestChange = {
      requirements: [{ name: 'core.lib', version: '1.3.0', policy: 'always' }],
    };
    expect(changed({ [file]: `${head}dependencies = ["Core_Lib>=1.2"]` }, change)).toEqual({
      [file]: `${head}dependencies = ["Core_Lib>=1.3"]`,
    });
  });

  it('leaves what is satisfied, unless it is to follow always', () => {
    const text = `${head}dependencies = ["core>=1.2,<2"]`;
    expect(changed({ [file]: text }, core('violated'))).toEqual({});
  });

  it('reports all that it cannot rewrite', () => {
    const text = `${head}dependencies = ["core!=1.3.0"]\n[dependency-groups]\ndev = ["core>2"]`;
    expect(changed({ [file]: text }, core('violated'))).toEqual(['FORGE-V004', 'FORGE-V004']);
  });
});
