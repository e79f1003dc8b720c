import type { Source } from '../model';
import { decodeSource, parseToml, tomlSpans, type TomlPath, type TomlReplacement } from '.';

function sourceOf(text: string): Source {
  const decoded = decodeSource('Cargo.toml', Buffer.from(text, 'utf8'));
  if (!decoded.ok) throw decoded.problems[0];
  return decoded.value;
}

describe('parseToml', () => {
  it.each(['', '  \n\t\n', '\ufeff\n'])('says that %j is empty', (text) => {
    expect(parseToml(sourceOf(text))).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-M001' }],
    });
  });

  it('marks the place where the syntax ends', () => {
    const result = parseToml(sourceOf('a = 1\nb = \n'));
    expect(result.ok ? undefined : result.problems[0]?.render()).toBe(
      [
        'FORGE-M002 `Cargo.toml` is not valid TOML: invalid value',
        '  --> Cargo.toml:2:5',
        '   2 | b = ',
        '     |     ^',
        'fix: correct the syntax at the marked place',
        'docs: ERRORS.md#forge-m002',
      ].join('\n'),
    );
  });

  it('reads a byte order mark, CRLF and integers beyond 2^53', () => {
    const text = '\ufeffbig = 9223372036854775807\r\nsmall = 1\r\n';
    expect(parseToml(sourceOf(text))).toEqual({
      ok: true,
      value: { big: 9223372036854775807n, small: 1 },
    });
  });
});

const document = `
# version = "no"
title = 'literal \\ "x"'
"quoted.key" . sub = "q"
pack.age.version = "1.2.0" # keep
date = 1979-05-27 07:32:00
multi = """
version = "1.2.0"
ends with quotes"""""
raw = '''a'b'''
escape = "a\\"b\\u00e9"
[table]   # comment ] [
list = [ "a", # not ] this
  [1, 2.5], { x = "in", 'y z' = [true] }, ]
inline = {
  version = "1", # TOML 1.1
  nested = { deep = "d" },
}
[table.'sub table']
a = ""
[[items]]
name = "first"
[items.detail]
v = 1
[[items]]
name = "second"
  [[items.deep]]
  n = "x"
  [[items.deep]]
  n = "y"
`;

/** Every leaf of the parsed meaning, with its path. */
function leaves(value: unknown, path: TomlPath = []): [TomlPath, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof value !== 'object' || value === null || value instanceof Date) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

describe('tomlSpans', () => {
  it.each([
    ['LF', document],
    ['CRLF', document.replaceAll('\n', '\r\n')],
    ['no final newline', document.trimEnd()],
    ['byte order mark', `\ufeff${document}`],
  ])('finds every value where the parser sees it (%s)', (_, text) => {
    const source = sourceOf(text);
    const parsed = parseToml(source);
    if (!parsed.ok) throw parsed.problems[0];
    const spans = tomlSpans(source);
    for (const [path, value] of leaves(parsed.value)) {
      const span = spans.find(path);
      expect([path, span?.raw]).toEqual([path, source.text.slice(span?.start, span?.end)]);
      if (typeof value === 'string') expect([path, span?.value]).toEqual([path, value]);
      else
        expect([path, parseToml(sourceOf(`v = ${span?.raw}`))]).toEqual([
          path,
          { ok: true, value: { v: value } },
        ]);
    }
  });

  it('gives the content of strings without their quotes', () => {
    const source = sourceOf('core = """\n1.2"""\nx = \'y\'\n');
    const core = tomlSpans(source).find(['core']);
    expect(source.text.slice(core?.contentStart, core?.contentEnd)).toBe('1.2');
    expect(tomlSpans(source).find(['x'])).toMatchObject({
      start: 22,
      contentStart: 23,
      contentEnd: 24,
    });
  });

  it('finds headers, arrays of tables included', () => {
    const source = sourceOf(document);
    const header = tomlSpans(source).header(['items', 1, 'deep', 1]);
    expect(source.text.slice(header?.start, header?.end)).toBe('[[items.deep]]');
    expect(tomlSpans(source).header(['pack'])).toBeUndefined();
  });

  it('stops quietly at what is no TOML', () => {
    expect(tomlSpans(sourceOf('a = 1\n= = "\n[x')).find(['a'])?.raw).toBe('1');
  });

  it('scans 10,000 lines', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => `k${index} = { version = "1.${index}" }`,
    );
    const source = sourceOf(lines.join('\n'));
    expect(tomlSpans(source).find(['k9999', 'version'])?.value).toBe('1.9999');
  });
});

function applied(text: string, edit: TomlReplacement | undefined): string {
  if (!edit) throw new Error('nothing to replace');
  return text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
}

describe('editing keys', () => {
  const path = ['d', 'core', 'path'];
  it.each([
    ['d = { core = { path = "x", version = "1" } }', 'd = { core = { version = "1" } }'],
    ['d.core = { version = "1", path = "x" }', 'd.core = { version = "1" }'],
    ['d.core = { a = 1, path = "x", b = 2 } # c', 'd.core = { a = 1, b = 2 } # c'],
    ['d.core = { path = "x" }', 'd.core = {  }'],
    ['d.core = {\n  path = "x",\n  b = 2,\n}', 'd.core = {\n  b = 2,\n}'],
    ['[d.core]\npath = "x" # why\nversion = "1"\n', '[d.core]\nversion = "1"\n'],
    ['[d]\r\ncore.path = "x"\r\ncore.version = "1"', '[d]\r\ncore.version = "1"'],
  ])('removes a key from %j', (before, after) => {
    expect(applied(before, tomlSpans(sourceOf(before)).removal(path))).toBe(after);
  });

  it('removes an array item', () => {
    const text = 'dynamic = ["version", "readme"]';
    expect(applied(text, tomlSpans(sourceOf(text)).removal(['dynamic', 0]))).toBe(
      'dynamic = ["readme"]',
    );
  });

  it.each([
    ['d.core = { path = "x" }', 'd.core = { path = "x", version = "1" }'],
    ['d.core = {\n  path = "x", # c\n}', 'd.core = {\n  path = "x", version = "1", # c\n}'],
    ['[d.core]\r\n  path = "x" # c\r\n', '[d.core]\r\n  path = "x" # c\r\n  version = "1"\r\n'],
    ['[d]\ncore.path = "x"', '[d]\ncore.path = "x"\ncore.version = "1"'],
  ])('inserts a key into %j', (before, after) => {
    expect(applied(before, tomlSpans(sourceOf(before)).insertion(path, 'version', '"1"'))).toBe(
      after,
    );
  });

  it.each([
    ['d.core = { path = "x" }', 'd.core = { version = "1" }'],
    ['[d]\ncore.path = "x" # c\n', '[d]\ncore.version = "1" # c\n'],
  ])('exchanges a key in %j', (before, after) => {
    expect(applied(before, tomlSpans(sourceOf(before)).exchange(path, 'version', '"1"'))).toBe(
      after,
    );
  });
});
