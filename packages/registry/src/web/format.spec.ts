import { countOf, formatAge, formatMoment, formatSize } from './format';

describe('texts of pages', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 KB'],
    [9949, '9.9 KB'],
    [9950, '10 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [35_400_000, '35 MB'],
    [2e15, '2000 TB'],
  ])('say %d bytes as %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));

  it.each([
    ['2025-12-31T00:00:00Z', '1 year ago'],
    ['2026-12-31T22:59:00Z', '1 hour ago'],
    ['2026-12-31T23:59:01Z', 'just now'],
    ['2027-01-01T00:00:10Z', 'in a moment'],
    ['2027-01-03T00:00:00Z', 'in 2 days'],
  ])('say %s as %s', (at, text) => {
    expect(formatAge(new Date(at), new Date('2027-01-01T07:00:00+07:00'))).toBe(text);
  });

  it('say moments and counts', () => {
    expect(formatMoment(new Date('2026-01-31T14:05:59Z'))).toBe('2026-01-31 14:05 UTC');
    expect([countOf(1, 'version'), countOf(1234, 'version')]).toEqual([
      '1 version',
      '1,234 versions',
    ]);
  });
});
