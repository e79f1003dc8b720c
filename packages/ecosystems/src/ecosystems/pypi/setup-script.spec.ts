import { readerOf, sourceOf } from '../../testing';
import { format } from './manifest';

/** Code and marked line of the refusal; null for what is no package. */
function refusal(files: Record<string, string>, file: string) {
  const result = format.read(sourceOf(file, files[file] ?? ''), readerOf(files));
  if (result.ok) return result.value;
  return result.problems.map(({ code, where }) => `${code} line ${where?.line}`);
}

const script = 'import os\nimport setuptools\nsetuptools.setup(\n    name="a",\n)\n';

describe('a setup.py', () => {
  it('is told as a form that is not edited, where nothing else describes the project', () => {
    expect(refusal({ 'a/setup.py': script }, 'a/setup.py')).toEqual(['FORGE-M018 line 3']);
    const build = { 'a/pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n' };
    expect(refusal({ ...build, 'a/setup.py': script }, 'a/setup.py')).toHaveLength(1);
  });

  it.each([
    ['[project]\nname = "a"\nversion = "1"\n', script],
    ['[tool.poetry]\nname = "a"\n', script],
    ['[project\n', script],
    ['[build-system]\n', 'def setup(): pass\nsetup()\n'],
    ['[build-system]\n', '# a shim for setuptools\n'],
  ])('is nothing beside %j with %j', (manifest, text) => {
    const files = { 'a/pyproject.toml': manifest, 'a/setup.py': text };
    expect(refusal(files, 'a/setup.py')).toBeNull();
  });
});

describe('a setup.cfg', () => {
  const config = '[metadata]\nname = a\nversion = 1.2.0\n';

  it('is told where it describes a project alone', () => {
    expect(refusal({ 'setup.cfg': config }, 'setup.cfg')).toEqual(['FORGE-M018 line 2']);
  });

  it('is nothing where it configures tools, or where setup.py is told', () => {
    expect(refusal({ 'setup.cfg': '[flake8]\nname = a\n' }, 'setup.cfg')).toBeNull();
    expect(refusal({ 'setup.cfg': config, 'setup.py': script }, 'setup.cfg')).toBeNull();
  });
});
