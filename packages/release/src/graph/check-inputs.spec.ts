import { ecosystems } from '@forge/ecosystems';
import { checkInputs } from './check-inputs';
import { loadFiles, type Files } from './testing/memory-workspace';

const pyproject = (name: string, rest = ''): string =>
  `[project]\nname = "${name}"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "${rest}"\n`;
const crate = (name: string): string => `[package]\nname = "${name}"\nversion = "1.0.0"\n`;

function inputsOf(files: Files, followers: readonly string[] = []): string[] {
  const follow = followers.map((file) => ({ file }));
  return checkInputs(loadFiles(files), ecosystems, follow);
}

describe('what a check looks at', () => {
  it('is manifests and lock files of the ecosystems in use, by one glob, and nx.json', () => {
    expect(inputsOf({ 'a/Cargo.toml': crate('a'), 'b/Cargo.toml': crate('b') })).toEqual([
      '{workspaceRoot}/**/{Cargo.toml,Cargo.lock}',
      '{workspaceRoot}/nx.json',
    ]);
  });

  it('is every other file that says a version', () => {
    const files = {
      'a/pyproject.toml': pyproject('a', 'src/about.py'),
      'a/src/about.py': '__version__ = "1.0.0"\n',
    };
    expect(inputsOf(files, ['docs/VERSION', 'a/pyproject.toml']).slice(1)).toEqual([
      '{workspaceRoot}/a/src/about.py',
      '{workspaceRoot}/docs/VERSION',
      '{workspaceRoot}/nx.json',
    ]);
  });

  it('does not grow with the workspace', () => {
    const many = ['a', 'b', 'c', 'd'].flatMap((name) => [
      [`${name}/pyproject.toml`, pyproject(name, 'about.py')],
      [`${name}/about.py`, '__version__ = "1.0.0"\n'],
    ]);
    expect(inputsOf(Object.fromEntries(many) as Files).slice(1)).toEqual([
      '{workspaceRoot}/**/about.py',
      '{workspaceRoot}/nx.json',
    ]);
  });
});
