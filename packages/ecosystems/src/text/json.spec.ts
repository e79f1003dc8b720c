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

describe('jsonSpans', () => {
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
