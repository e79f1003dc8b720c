import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSource, editAt, splice, type Edit, type Source } from '@forge/ecosystems';
import { unifiedDiff } from './unified-diff';

function sourceOf(text: string | Uint8Array): Source {
  const source = decodeSource('manifest', Buffer.from(text), { toleratesLatin1: true });
  if (!source.ok) throw source.problems[0];
  return source.value;
}

/** Replaces each `before` by its `after`; an empty `before` inserts at the end. */
function edits(source: Source, ...pairs: readonly (readonly [string, string])[]): Edit[] {
  return pairs.map(([before, after]) => {
    const at = before === '' ? source.text.length : source.text.indexOf(before);
    return editAt(source, at, at + before.length, after, 'a test');
  });
}

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1};\n`).join('');

describe('a unified diff of edits', () => {
  it('shows a changed line among three others on each side', () => {
    const source = sourceOf(numbered(9));
    expect(unifiedDiff(source, edits(source, ['line 5', 'LINE 5']))).toBe(
      [
        ...['--- a/manifest', '+++ b/manifest', '@@ -2,7 +2,7 @@', ' line 2;', ' line 3;'],
        ...[' line 4;', '-line 5;', '+LINE 5;', ' line 6;', ' line 7;', ' line 8;', ''],
      ].join('\n'),
    );
  });

  it('is empty without edits', () => expect(unifiedDiff(sourceOf('a'), [])).toBe(''));

  const crlf = numbered(30).replaceAll('\n', '\r\n');
  it.each<[string, string | Uint8Array, readonly (readonly [string, string])[]]>([
    [
      'two edits in one line',
      'x\na = 1, b = 2\ny\n',
      [
        ['1', '10'],
        ['2', '20'],
      ],
    ],
    [
      'edits far apart',
      numbered(40),
      [
        ['line 3;', 'x'],
        ['line 20;', 'y'],
        ['line 39;', 'z'],
      ],
    ],
    [
      'inserted lines',
      numbered(20),
      [
        ['line 4;\n', 'line 4;\nmore\nmore\n'],
        ['line 15', '15'],
      ],
    ],
    [
      'a removed line',
      numbered(20),
      [
        ['line 4;\n', ''],
        ['line 17;', '17'],
      ],
    ],
    ['a line across lines', numbered(6), [['2;\nline 3', 'both']]],
    ['the first line', numbered(5), [['line 1', 'first']]],
    ['the last line without its end', 'a\nb', [['b', 'c']]],
    ['an end added', 'a\nb', [['', '\n']]],
    ['everything gone', 'a\n', [['a\n', '']]],
    [
      'CRLF',
      crlf,
      [
        ['line 3;', 'x'],
        ['line 25;\r\n', ''],
      ],
    ],
    ['a byte order mark', `\ufeff${numbered(3)}`, [['line 1', 'x']]],
    [
      'what is no ASCII',
      'é: "ü 1"\n🦀: "1"\n',
      [
        ['ü 1', 'ü 2'],
        ['🦀: "1', '🦀: "2'],
      ],
    ],
    ['what is no UTF-8', Buffer.from('author: Zo\xeb\nversion: 1\n', 'latin1'), [['1', '2']]],
  ])('is applied by git to the very bytes: %s', (_, text, pairs) => {
    const source = sourceOf(text);
    const own = edits(source, ...pairs);
    const expected = splice(source, own);
    if (!expected.ok) throw expected.problems[0];
    const diff = unifiedDiff(source, own);
    const applied = apply(source.bytes, Buffer.from(diff, source.encoding));
    expect(applied.toString('latin1')).toBe(Buffer.from(expected.value).toString('latin1'));
  });
});

function apply(bytes: Uint8Array, diff: Uint8Array): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'forge-diff-'));
  try {
    writeFileSync(join(directory, 'manifest'), bytes);
    execFileSync('git', ['apply', '-'], { cwd: directory, input: diff, stdio: 'pipe' });
    return readFileSync(join(directory, 'manifest'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
