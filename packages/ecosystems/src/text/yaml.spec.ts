import type { Source } from '../model';
import { decodeSource, parseYaml, splice, editAt, type YamlDocument, type YamlPath } from '.';

function sourceOf(text: string): Source {
  const decoded = decodeSource('package.yaml', Buffer.from(text));
  if (!decoded.ok) throw decoded.problems[0];
  return decoded.value;
}

function documentOf(text: string): YamlDocument {
  const parsed = parseYaml(sourceOf(text));
  if (!parsed.ok) throw parsed.problems[0];
  return parsed.value;
}

function problems(text: string): readonly string[] {
  const parsed = parseYaml(sourceOf(text));
  return parsed.ok ? [] : parsed.problems.map((problem) => problem.render());
}

/** The whole file with the content at a path replaced. */
function edited(text: string, path: YamlPath, newText: string): string {
  const source = sourceOf(text);
  const span = documentOf(text).find(path);
  if (!span) throw new Error(`nothing at ${path.join('.')}`);
  const edit = editAt(source, span.contentStart, span.contentEnd, newText, 'a test');
  const bytes = splice(source, [edit]);
  if (!bytes.ok) throw bytes.problems[0];
  return Buffer.from(bytes.value).toString();
}

describe('places in YAML', () => {
  it.each<[string, YamlPath, string, string]>([
    ['a: ^1.2 # keep\n', ['a'], '^1.2', 'a: NEW # keep\n'],
    ["a: '^1.2' # keep\n", ['a'], '^1.2', "a: 'NEW' # keep\n"],
    ['a: "^1.2"\n', ['a'], '^1.2', 'a: "NEW"\n'],
    ['a: { "b": [x, y] }', ['a', 'b', 1], 'y', 'a: { "b": [x, NEW] }'],
    ['# é 🦀\r\na:\r\n  - x\r\n  - y\r\n', ['a', 1], 'y', '# é 🦀\r\na:\r\n  - x\r\n  - NEW\r\n'],
    ['\ufeffa: x\n', ['a'], 'x', '\ufeffa: NEW\n'],
    ['version: 1.20\n', ['version'], '1.20', 'version: NEW\n'],
    ["'@s/a': &v ^1\nb: *v\n", ['b'], '^1', "'@s/a': &v NEW\nb: *v\n"],
    ['base: &b { x: 1, y: 2 }\na: { <<: *b, y: 3 }\n', ['a', 'x'], '1', undefined as never],
    ['a: !!str x\n', ['a'], 'x', 'a: !!str NEW\n'],
    ['1.5: x\n', ['1.5'], 'x', '1.5: NEW\n'],
    ['%YAML 1.2\n---\na: x\n...\n', ['a'], 'x', '%YAML 1.2\n---\na: NEW\n...\n'],
  ])('in %j at %j is %j', (text, path, found, after) => {
    expect(documentOf(text).find(path)?.text).toBe(found);
    if (after) expect(edited(text, path, 'NEW')).toBe(after);
  });

  it('say which text stands there as it reads', () => {
    const text = `a: "\\u0078"\nb: 'it''s'\nc: x\n  y\nd: |\n  x\ne:\nf: [x]\ng: "x"\n`;
    const { members } = documentOf(text);
    expect(members([]).map(({ key, span }) => [key, span.text, span.verbatim])).toEqual([
      ['a', 'x', false],
      ['b', "it's", false],
      ['c', 'x y', false],
      ['d', 'x\n', false],
      ['e', '', true],
      ['f', undefined, false],
      ['g', 'x', true],
    ]);
  });

  it('know the type of a value', () => {
    const { find } = documentOf('a: 1.20\nb: ~\nc: "1.20"\nd: {}\n');
    expect(find(['a'])).toMatchObject({ kind: 'scalar', value: 1.2, text: '1.20' });
    expect(find(['b'])).toMatchObject({ value: null });
    expect(find(['c'])).toMatchObject({ value: '1.20' });
    expect(find(['d'])).toMatchObject({ kind: 'mapping' });
    expect(find(['e'])).toBeUndefined();
    expect(find(['a', 'b'])).toBeUndefined();
  });

  it('tell members and items, merged ones last', () => {
    const { members, items } = documentOf(
      'x: &x { a: 1, b: 2 }\ny: { <<: [*x, { c: 3, a: 4 }], b: 5 }\nz: [*x, q]\n',
    );
    expect(members(['y']).map(({ key, span }) => `${key}=${span.text}`)).toEqual([
      'b=5',
      'a=1',
      'c=3',
    ]);
    expect(items(['z']).map(({ kind }) => kind)).toEqual(['mapping', 'scalar']);
    expect(items(['y'])).toEqual([]);
    expect(members(['z'])).toEqual([]);
  });

  it('say which texts others mean as well', () => {
    const { find } = documentOf('a: &v ^1\nb: *v\nc: &w ^1\nd: ^1\n');
    expect(['a', 'b', 'c', 'd'].map((key) => find([key])?.aliased)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('YAML that is refused', () => {
  it.each(['', ' \n', '# nothing\n\n', '\ufeff'])('is empty: %j', (text) =>
    expect(problems(text)).toEqual([expect.stringMatching(/^FORGE-M001 /)]),
  );

  it.each([
    ['a: 1\nb: 2\na: 3\n', 3, 'the key `a` stands there twice'],
    ['a: *x\n', 1, 'nothing is called `&x` before'],
    ['a: 1\n---\nb: 2\n', 2, 'it holds several documents'],
    ['a:\n\t- x\n', 2, 'tabs are not allowed as indentation'],
    ['a: "x\n', 2, 'missing closing "quote'],
  ])('%j has its place and its reason', (text, line, reason) => {
    const [problem, ...others] = problems(text);
    expect(others).toEqual([]);
    expect(problem).toContain(`FORGE-M002 \`package.yaml\` is not valid YAML: ${reason}`);
    expect(problem).toContain(`--> package.yaml:${line}:`);
  });

  it('is nested too deeply for anybody to read', () => {
    const [problem] = problems(`a: ${'['.repeat(300)}`);
    expect(problem).toContain('is nested more than 200 levels deep');
  });

  it('never takes long, however large or deep it is', () => {
    const started = process.cpuUsage();
    problems(`${'#'.repeat(2 ** 20)}\nx`);
    for (const piece of ['[', '- ', 'a: {', '"', 'a:\n  '])
      expect(problems(piece.repeat(2 ** 20 / piece.length))).toHaveLength(1);
    documentOf(Array.from({ length: 10_000 }, (_, at) => `k${at}: ^1.2.3\n`).join(''));
    documentOf(`a: &a x\n${Array.from({ length: 5_000 }, (_, at) => `k${at}: *a\n`).join('')}`);
    problems('a: &a { <<: *a, b: *a }\n');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000);
  });
});
