import { sourceOf } from '../testing';
import { byteOffsets, unitOffset } from './offsets';

// Characters of one to four bytes, in steps that put pairs of surrogates across every kind of border.
const text = Array.from({ length: 3000 }, (_, at) => ['a', 'é', '…', '🦀'][at % 4]).join('');

describe('offsets of a text in its bytes', () => {
  it.each([text, `\ufeff${text}`, `x${text}`, 'plain ASCII', '\ufeffplain ASCII'])(
    'are those of the encoded text before (%#)',
    (content) => {
      const source = sourceOf('a', content);
      const toByte = byteOffsets(source);
      const lead = source.bom ? 3 : 0;
      for (let unit = source.text.length; unit >= 0; unit -= 7) {
        const before = source.text.slice(0, unit);
        if (/[\ud800-\udbff]$/.test(before)) continue;
        expect(toByte(unit)).toBe(lead + Buffer.byteLength(before));
        expect(unitOffset(source, toByte(unit) - lead)).toBe(unit);
      }
    },
  );
});
