import { changeManifest } from '../edit';
import { readerOf, sourceOf } from '../testing';
import { subjects } from '../testing/subjects';

const lines = 10_000;

describe.each(subjects)('any manifest of $id', ({ ecosystem, kit: { manifest: kit } }) => {
  const text = kit.files[kit.file] ?? '';
  const change = (own: string) => {
    const source = sourceOf(kit.file, own, ecosystem.toleratesLatin1);
    const result = changeManifest(
      ecosystem,
      source,
      kit.change,
      readerOf({ ...kit.files, [kit.file]: own }),
    );
    if (!result.ok) throw result.problems[0];
    return Buffer.from(result.value.files.get(kit.file) ?? own).toString();
  };

  it('with mixed line ends keeps each of them', () => {
    const mixed = (own: string): string =>
      own.replace(/\n/g, (_, at: number) => (at % 2 ? '\n' : '\r\n'));
    // The same ends at the same lines: edits never move a line.
    const ends = mixed(text).match(/\r?\n/g) ?? [];
    let at = 0;
    const expected = (kit.changed[kit.file] ?? text).replace(/\n/g, () => ends[at++] ?? '\n');
    expect(change(mixed(text))).toBe(expected);
  });

  it(`is planned with ${lines} more lines`, () => {
    const [first = '', ...rest] = text.split('\n');
    const after = (kit.changed[kit.file] ?? text).split('\n').slice(1);
    const blank = '\n'.repeat(lines);
    const long = (own: readonly string[]): string => `${first}${blank}\n${own.join('\n')}`;
    expect(change(long(rest))).toBe(long(after));
  });
});
