import { fixture, loadFiles, type Files } from '../graph/testing/memory-workspace';
import { graphProblems } from './graph-problems';

function crate(name: string, ...lines: readonly string[]): string {
  return ['[package]', `name = "${name}"`, 'version = "1.0.0"', ...lines, ''].join('\n');
}

function codes(files: Files, roles: Readonly<Record<string, 'published' | 'private'>> = {}) {
  return [...graphProblems(loadFiles(files, { roles }))].flatMap(([node, problems]) =>
    problems.map(({ code }) => `${code} ${node.manifest.file}`),
  );
}

const needsB = '[dependencies]\nb = { path = "../b", version = "1" }';
const hidden = crate('b', 'publish = false');
const gem = `Gem::Specification.new do |spec|
  spec.name = 'quill'
  spec.version = '1.0.0'
  spec.extensions = ['ext/quill/extconf.rb']
end
`;

describe('a published name', () => {
  it('belongs to one package of an ecosystem', () => {
    expect(codes({ 'a/Cargo.toml': crate('demo-x'), 'b/Cargo.toml': crate('demo_x') })).toEqual([
      'FORGE-G001 a/Cargo.toml',
      'FORGE-G001 b/Cargo.toml',
    ]);
  });

  it('may stand for an unpublished package and for other ecosystems too', () => {
    const files = {
      'a/Cargo.toml': crate('demo'),
      'b/Cargo.toml': crate('demo', 'publish = false'),
      'c/package.json': '{ "name": "demo", "version": "1.0.0" }',
    };
    expect(codes(files)).toEqual([]);
    expect(codes(files, { 'b/Cargo.toml': 'published' })).toContain('FORGE-G001 a/Cargo.toml');
  });
});

describe('what a published package needs', () => {
  it.each([
    ['dependencies', ['FORGE-G004 a/Cargo.toml']],
    ['build-dependencies', ['FORGE-G004 a/Cargo.toml']],
    ['dev-dependencies', []],
  ])('is published, by [%s]', (section, expected) => {
    const needing = crate('a', needsB.replace('dependencies', section));
    expect(codes({ 'a/Cargo.toml': needing, 'b/Cargo.toml': hidden })).toEqual(expected);
  });

  it('is told with the reason why it is not published', () => {
    const model = loadFiles({ 'a/Cargo.toml': crate('a', needsB), 'b/Cargo.toml': hidden });
    const [problems] = graphProblems(model).values();
    expect(problems?.[0]?.what).toBe(
      '`a` needs `b` (dependencies), which is not published: `publish = false`',
    );
  });

  it('does not matter while the package itself stays at home', () => {
    const files = { 'a/Cargo.toml': crate('a', 'publish = false', needsB), 'b/Cargo.toml': hidden };
    expect(codes(files)).toEqual([]);
  });

  it('counts for what it ships as source', () => {
    const files = {
      'ruby/quill.gemspec': gem,
      'ruby/ext/quill/extconf.rb': '',
      'ruby/ext/quill/Cargo.toml': crate(
        'quill_ext',
        needsB.replace('../b', '../../../b'),
        'inner = { path = "../inner" }',
      ),
      'ruby/ext/inner/Cargo.toml': crate('inner', 'publish = false'),
      'b/Cargo.toml': hidden,
    };
    expect(codes(files)).toEqual(['FORGE-G004 ruby/quill.gemspec']);
    expect(codes({ ...files, 'b/Cargo.toml': crate('b') })).toEqual([]);
  });

  it('does not come out of the package that ships it', () => {
    const files = {
      'a/Cargo.toml': crate('a', needsB.replace('../b', '../ruby/ext/quill')),
      'ruby/quill.gemspec': gem,
      'ruby/ext/quill/extconf.rb': '',
      'ruby/ext/quill/Cargo.toml': crate('b'),
    };
    expect(codes(files)).toEqual(['FORGE-G004 a/Cargo.toml']);
  });
});

describe('a path', () => {
  it('leads to a package', () => {
    expect(codes({ 'a/Cargo.toml': crate('a', needsB) })).toEqual(['FORGE-G005 a/Cargo.toml']);
    expect(codes({ 'a/Cargo.toml': crate('a', needsB), 'b/Cargo.toml': crate('b') })).toEqual([]);
  });

  it('leads to a package of the same ecosystem', () => {
    const files = {
      'a/Cargo.toml': crate('a', needsB),
      'b/package.json': '{ "name": "b", "version": "1.0.0" }',
    };
    expect(codes(files)).toEqual(['FORGE-G005 a/Cargo.toml']);
  });

  it.each([
    ['to a manifest that is broken', needsB, { 'b/Cargo.toml': '[package' }],
    ['out of the workspace', needsB.replace('../b', '../../b'), {}],
    ['of a dev dependency', needsB.replace('dependencies', 'dev-dependencies'), {}],
  ])('%s is not judged here', (_, needs, others) => {
    expect(codes({ 'a/Cargo.toml': crate('a', needs), ...others })).toEqual([]);
  });
});

it('finds nothing wrong with a workspace of bindings, private crates and dev cycles', () => {
  expect(codes(fixture('tasker'))).toEqual([]);
});
