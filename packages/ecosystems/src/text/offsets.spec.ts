import { decodeSource } from './source';
import { byteSpan, unitOffset } from './offsets';

function sourceOf(bytes: Uint8Array) {
  const source = decodeSource('a.gemspec', bytes, { toleratesLatin1: true });
  if (!source.ok) throw source.problems[0];
  return source.value;
}

const text = 'a = "ö€🦀" # x\n';

describe('offsets', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['ASCII', Buffer.from('a = "b" # x\n')],
    ['bytes that are no UTF-8', Buffer.from('a = "ö" # x\n', 'latin1')],
  ])('of a parser that counts UTF-8 lead to the same characters in %s', (_, bytes) => {
    const source = sourceOf(bytes);
    for (const [unit, character] of [...source.text].entries()) {
      const before = [...source.text].slice(0, unit).join('');
      const found = unitOffset(source, Buffer.byteLength(before));
      expect([character, found]).toEqual([character, before.length]);
      const { start, end } = byteSpan(source, found, found + character.length);
      expect(Buffer.from(bytes).toString(source.encoding, start, end)).toBe(character);
    }
    expect(unitOffset(source, Buffer.byteLength(source.text))).toBe(source.text.length);
  });
});
