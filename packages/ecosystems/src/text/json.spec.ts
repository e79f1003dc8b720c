import { jsonSpans, parseJsonText } from './json';
import { decodeSource } from './source';

function source(text: string) {
  const decoded = decodeSource('package.json', Buffer.from(text));
  if (!decoded.ok) throw new Error('not decodable');
  return decoded.value;
}

describe('parseJsonText', () => {
  it('gives the meaning, with and without a byte order mark', () => {
    expect(parseJsonText(source('\uFEFF{"a": 1}'))).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each([
    ['', 'FORGE-M001', undefined, undefined],
    [' \r\n', 'FORGE-M001', undefined, undefined],
    ['{"a": }', 'FORGE-M002', 1, 7],
    ['{\r\n  "a": 1,\r\n}', 'FORGE-M002', 3, 1],
    ['{\n  "a": [1', 'FORGE-M002', 2, 10],
    ['{\n  // no\n}', 'FORGE-M002', 2, 3],
    ['{"a": "tab\there"}', 'FORGE-M002', 1, 7],
  ])('refuses %j with %s', (text, code, line, column) => {
    const result = parseJsonText(source(text));
    expect(result.ok).toBe(false);
    if (result.ok) return;
    const [problem] = result.problems;
    expect(problem?.code).toBe(code);
    expect(problem?.where).toMatchObject(line ? { line, column } : { file: 'package.json' });
    if (line) expect(problem?.frame).toContain('^');
  });
});

describe('deep nesting', () => {
  const deep = (levels: number, inner = ''): string =>
    `{"a": ${'['.repeat(levels)}${inner}${']'.repeat(levels)}}`;

  it.each([
    ['valid', deep(100_000)],
    ['broken', deep(100_000).slice(0, -1)],
    ['behind brackets in texts', `{"b": ["${']'.repeat(9000)}"], ${deep(5000).slice(1)}`],
    ['behind a text without an end', `{"b": "\n${'['.repeat(9000)}`],
  ])('is refused where it is %s', (_, text) => {
    const result = parseJsonText(source(text));
    expect(result.ok ? [] : result.problems.map(({ what }) => what)).toEqual([
      '`package.json` is nested more than 1000 levels deep',
    ]);
    expect(jsonSpans(source(text)).find(['a'])).toBeUndefined();
  });

  it('is not what many brackets are', () => {
    const text = JSON.stringify({ a: Array.from({ length: 5000 }, () => ['[', {}]) });
    expect(parseJsonText(source(text)).ok).toBe(true);
    expect(jsonSpans(source(text)).find(['a', 4999, 1])?.value).toEqual({});
  });
});

describe('jsonSpans', () => {
  it('reads comments and trailing commas where a tool writes them', () => {
    const text = '{\n  // lock\n  "a": { "x": ["1", ], },\n  "b": "2",\n}\n';
    const spans = jsonSpans(source(text), { lenient: true });
    expect(spans.find(['a', 'x', 0])?.value).toBe('1');
    expect(spans.find(['b'])).toMatchObject({ value: '2', contentStart: text.indexOf('2') });
  });

  it('finds the content of a string between its quotes', () => {
    const text = '{\r\n\t"größe": {"version": "1.2.0"}\r\n}';
    const span = jsonSpans(source(text)).find(['größe', 'version']);
    expect(text.slice(span?.contentStart, span?.contentEnd)).toBe('1.2.0');
    expect(span?.verbatim).toBe(true);
  });

  it('takes the last of duplicate keys, as JSON.parse does', () => {
    const text = '{"version": "1.0.0", "version": "2.0.0"}';
    expect(jsonSpans(source(text)).find(['version'])).toMatchObject({ value: '2.0.0', start: 32 });
  });

  it('knows keys that are written with escapes, and strings that are', () => {
    const spans = jsonSpans(source('{"\\u0076ersion": "1.2.\\u0030"}'));
    expect(spans.find(['version'])).toMatchObject({ value: '1.2.0', verbatim: false });
  });

  it('lists members once each and follows arrays', () => {
    const spans = jsonSpans(source('{"a": {"x": 1, "y": 2, "x": 3}, "b": [true]}'));
    expect(spans.members(['a']).map(({ key, span }) => [key, span.value])).toEqual([
      ['x', 3],
      ['y', 2],
    ]);
    expect(spans.find(['b', 0])?.value).toBe(true);
    expect(spans.members(['b'])).toEqual([]);
    expect(spans.find(['a', 'z', 'deep'])).toBeUndefined();
  });
});
