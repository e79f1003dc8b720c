import { nameOfStem } from './quick-spec';
import * as marshal from './marshal';

/** What `ruby -e 'p Marshal.dump(…)'` prints, Ruby 3.1. */
describe('Ruby’s Marshal format', () => {
  it.each<[string, Buffer, string]>([
    ['nil', marshal.nil, '0'],
    ['true', marshal.yes, 'T'],
    ['0', marshal.integer(0), 'i\x00'],
    ['4', marshal.integer(4), 'i\x09'],
    ['122', marshal.integer(122), 'i\x7f'],
    ['123', marshal.integer(123), 'i\x01\x7b'],
    ['300', marshal.integer(300), 'i\x02\x2c\x01'],
    ['"ü"', marshal.string('ü'), 'I"\x07\xc3\xbc\x06:\x06ET'],
    [':a', marshal.symbol('a'), ':\x06a'],
    ['["a"]', marshal.array([marshal.string('a')]), '[\x06I"\x06a\x06:\x06ET'],
    ['{}', marshal.emptyHash, '{\x00'],
  ])('dumps %s', (_, dumped, expected) => {
    expect(marshal.dump(dumped).toString('latin1')).toBe(`\x04\x08${expected}`);
  });

  it.each([
    ['acme-1.2.0', 'acme'],
    ['acme-core-1.2.0.rc1', 'acme-core'],
    ['acme-1.2.0-x86_64-linux', 'acme'],
    ['acme-1.2.0-arm64-darwin-22', 'acme'],
    ['plat-2x-1.2.0-java', 'plat-2x'],
    ['plat-2x-2', 'plat-2x'],
    ['acme-2-java', 'acme'],
    ['acme', 'acme'],
  ])('finds the name in %s', (stem, name) => {
    expect(nameOfStem(stem)).toBe(name);
  });
});
