import { parse } from 'jsonc-parser';
import { insertJson, type JsonPath } from './insert-json';

describe('insertJson', () => {
  const cases: readonly (readonly [string, string, JsonPath, unknown, string])[] = [
    ['an empty object', '{}\n', ['a'], 1, '{\n  "a": 1\n}\n'],
    ['an empty file', '', ['a'], 1, '{\n  "a": 1\n}\n'],
    [
      'what leads there',
      '{}',
      ['a', 'b', 0],
      'x',
      '{\n  "a": {\n    "b": [\n      "x"\n    ]\n  }\n}',
    ],
    ['a line behind the last', '{\n\t"a": 1\n}', ['b'], 2, '{\n\t"a": 1,\n\t"b": 2\n}'],
    [
      'an object in one line',
      '{"a": {"b": 1 }}',
      ['a', 'c'],
      { d: 2 },
      '{"a": {"b": 1, "c": {"d":2} }}',
    ],
    ['an array in one line', '{"a": ["b"]}', ['a', 1], 'c', '{"a": ["b", "c"]}'],
    ['the start of an array', '{"a": ["b"]}', ['a', 0], 'c', '{"a": ["c", "b"]}'],
    [
      'the start of lines',
      '{\n  "a": [\n    1\n  ]\n}',
      ['a', 0],
      2,
      '{\n  "a": [\n    2,\n    1\n  ]\n}',
    ],
    [
      'a comment at the end',
      '{\n  "a": 1 // one, or so\n}',
      ['b'],
      2,
      '{\n  "a": 1, // one, or so\n  "b": 2\n}',
    ],
    ['a comma at the end', '{\n  "a": [1, 2],\n}', ['b'], 3, '{\n  "a": [1, 2],\n  "b": 3\n}'],
    ['only a comment', '{\n  // nothing yet\n}', ['a'], 1, '{\n  // nothing yet\n  "a": 1\n}'],
    [
      'CRLF',
      '{\r\n  "a": 1\r\n}\r\n',
      ['b', 'c'],
      2,
      '{\r\n  "a": 1,\r\n  "b": {\r\n    "c": 2\r\n  }\r\n}\r\n',
    ],
    [
      'a neighbour in one line',
      '{\n  "a": [\n    { "x": [1, 2] }\n  ]\n}',
      ['a', 1],
      'b',
      '{\n  "a": [\n    { "x": [1, 2] },\n    "b"\n  ]\n}',
    ],
  ];

  it.each(cases)('adds to %s', (_, before, path, value, after) => {
    expect(insertJson(before, path, value)).toBe(after);
    const at = path.reduce<unknown>(
      (inner, step) => (inner as Record<string | number, unknown>)[step],
      parse(after),
    );
    expect(at).toEqual(value);
  });
});
