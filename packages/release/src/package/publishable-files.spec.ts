import { edgesBySource } from '../graph/edges';
import { loadFiles, memoryReader, type Files } from '../graph/testing/memory-workspace';
import { publishableFiles } from './publishable-files';

function publishable(files: Files, shipperFile?: string) {
  const model = loadFiles(files);
  const shipper = model.packages.find(({ manifest }) => manifest.file === shipperFile);
  const edges = edgesBySource(model);
  const result = publishableFiles(model.packages, edges, memoryReader(files), shipper);
  return {
    files: Object.fromEntries([...result.files].map(([file, bytes]) => [file, String(bytes)])),
    problems: [...result.problems].map(([{ manifest }, [problem]]) => [
      manifest.name,
      problem?.code,
    ]),
  };
}

const crate = (name: string, rest = ''): string =>
  `[package]\nname = "${name}"\nversion = "1.2.0"\n${rest}`;
const fromGit = '[dependencies]\nfar = { git = "https://git.example.invalid/far" }\n';
const files = {
  'core/Cargo.toml': crate('core'),
  'app/Cargo.toml': crate('app', '[dependencies]\ncore = { path = "../core" }\n'),
};

describe('the publishable form of a workspace', () => {
  it('gives requirements to published packages', () => {
    expect(publishable(files)).toEqual({
      files: {
        'app/Cargo.toml': expect.stringMatching(/path = "\.\.\/core".*version = "1\.2\.0"/),
      },
      problems: [],
    });
  });

  it.each([
    ['says itself that it stays here', crate('tool', `publish = false\n${fromGit}`)],
    ['is compiled into another one', crate('tool', `[lib]\ncrate-type = ["cdylib"]\n${fromGit}`)],
  ])('leaves a package alone that %s', (_, tool) => {
    const others = {
      'tool/pyproject.toml':
        '[build-system]\nrequires = ["maturin"]\nbuild-backend = "maturin"\n\n[project]\nname = "tool"\nversion = "1.2.0"\n',
      'tool/Cargo.toml': tool,
    };
    const result = publishable({ ...files, ...others });
    expect(Object.keys(result.files)).toEqual(['app/Cargo.toml']);
    expect(result.problems).toEqual([]);
  });

  it('costs only the package that cannot be served (FORGE-A006)', () => {
    const result = publishable({ ...files, 'bad/Cargo.toml': crate('bad', fromGit) });
    expect(Object.keys(result.files)).toEqual(['app/Cargo.toml']);
    expect(result.problems).toEqual([['bad', 'FORGE-A006']]);
  });

  it('lets source stand on its own for the one that ships it', () => {
    const shipping = {
      'Cargo.toml':
        '[workspace]\nmembers = ["gem/ext/quill"]\n[workspace.package]\nversion = "1.2.0"\n',
      'gem/quill.gemspec':
        'Gem::Specification.new do |s|\n  s.name = "quill"\n  s.version = "1.2.0"\n  s.extensions = ["ext/quill/extconf.rb"]\nend\n',
      'gem/ext/quill/extconf.rb': '',
      'gem/ext/quill/Cargo.toml':
        '[package]\nname = "quill-ext"\nversion.workspace = true\npublish = false\n',
    };
    expect(publishable(shipping).files).toEqual({});
    expect(publishable(shipping, 'gem/quill.gemspec').files).toEqual({
      'gem/ext/quill/Cargo.toml': expect.stringContaining('version = "1.2.0"'),
    });
  });
});
