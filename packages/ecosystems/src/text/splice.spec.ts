import type { Edit, Result, Source } from '../model';
import { sourceOf } from '../testing';
import { editAt, splice, uniqueEdits } from './splice';

function replace(source: Source, text: string, newText: string): Edit {
  const start = source.text.indexOf(text);
  return editAt(source, start, start + text.length, newText, `${text} → ${newText}`);
}

function textOf(result: Result<Uint8Array>): string {
  if (!result.ok) throw result.problems[0];
  return Buffer.from(result.value).toString();
}

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

describe('splicing', () => {
  it.each([
    ['LF', 'name = "ü𝄞"\nversion = "1.2.0" # keep\n'],
    ['CRLF', 'name = "ü𝄞"\r\nversion = "1.2.0" # keep\r\n'],
    ['a byte order mark', '\ufeffname = "ü𝄞"\nversion = "1.2.0" # keep\n'],
    ['no final newline', 'name = "ü𝄞"\nversion = "1.2.0" # keep'],
  ])('changes the span and no other byte: %s', (_, text) => {
    const source = sourceOf('a.toml', text);
    const edited = textOf(splice(source, [replace(source, '1.2.0', '1.10.0')]));
    expect(edited).toBe(text.replace('1.2.0', '1.10.0'));
  });

  it('keeps bytes that are no UTF-8', () => {
    const bytes = Buffer.from('author = "Jos\xe9"\nversion = "1.2.0"\n', 'latin1');
    const source = sourceOf('a.toml', bytes, true);
    const result = splice(source, [replace(source, '1.2.0', '1.3.0')]);
    expect(result.ok && Buffer.from(result.value).toString('latin1')).toBe(
      'author = "Jos\xe9"\nversion = "1.3.0"\n',
    );
  });

  it('takes edits in any order, and the same edit twice as one', () => {
    const source = sourceOf('a.toml', 'a = 1\nb = 1\nc = 1\n');
    const [a, c] = [replace(source, 'a = 1', 'a = 2'), replace(source, 'c = 1', 'c = 2')];
    expect(textOf(splice(source, [c, a, { ...c, reason: 'again' }]))).toBe('a = 2\nb = 1\nc = 2\n');
    expect(uniqueEdits([c, a, { ...c }])).toEqual([a, c]);
  });

  it('tells the move of a requirement in words and as data', () => {
    const source = sourceOf('a.cabal', 'build-depends: core >=1 &&\n  <2\n');
    const [start, end] = [source.text.indexOf('>'), source.text.length - 1];
    const move = { dependency: 'core', from: '>=1 &&\n  <2', to: '>=1 && <3' };
    expect(editAt(source, start, end, '>=1 && <3', move)).toMatchObject({
      reason: 'core >=1 && <2 → >=1 && <3',
      about: { dependency: 'core', from: '>=1 &&\n  <2' },
    });
    expect(editAt(source, 0, 1, 'B', 'capitals')).not.toHaveProperty('about');
  });

  it('leaves edits of other files alone', () => {
    const source = sourceOf('a.toml', 'a = 1\n');
    const other = replace(sourceOf('b.toml', 'a = 1\n'), '1', '2');
    expect(textOf(splice(source, [other]))).toBe('a = 1\n');
  });

  it('refuses a file that no longer holds what the plan saw (FORGE-M009)', () => {
    const planned = replace(sourceOf('a.toml', 'version = "1.2.0"\n'), '1.2.0', '1.3.0');
    expect(codes(splice(sourceOf('a.toml', 'version = "1.2.1"\n'), [planned]))).toEqual([
      'FORGE-M009',
    ]);
  });

  it('refuses edits that overlap (FORGE-M010)', () => {
    const source = sourceOf('a.toml', 'version = "1.2.0"\n');
    const edits = [replace(source, '1.2.0', '1.3.0'), replace(source, '2.0"', '4.0"')];
    expect(codes(splice(source, edits))).toEqual(['FORGE-M010']);
    const differing = [replace(source, '1.2.0', '1.3.0'), replace(source, '1.2.0', '1.4.0')];
    expect(codes(splice(source, differing))).toEqual(['FORGE-M010']);
  });
});
