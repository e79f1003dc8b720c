import { sourceOf } from '../testing';
import { placeAtByte } from './byte-place';
import { placeAt } from './frame';

it.each([
  ['plain text', 'a\nb = 1\n'],
  ['CRLF and lone CR', 'a\r\nb\rc = 1\r\n'],
  ['a byte order mark', '\ufeffa = 1\nb = 1'],
  ['characters of several bytes', 'é = "🦀"\nü🦀 = 1\n'],
])('the place of a byte is the place of its character in %s', (_, text) => {
  const source = sourceOf('manifest', text);
  for (let unit = 0; unit < source.text.length; unit += 1) {
    // The second half of a pair of surrogates has no byte of its own.
    if (/[\udc00-\udfff]/.test(source.text[unit] ?? '')) continue;
    const offset = Buffer.byteLength(source.text.slice(0, unit)) + (source.bom ? 3 : 0);
    const { length: _length, ...expected } = placeAt(source, unit);
    expect(placeAtByte(source, offset)).toEqual(expected);
  }
});
