import { fail, ok } from './result';
import { remembered } from './remembered';
import { ForgeError } from '../errors';

describe('a grammar that remembers', () => {
  const rewrite = jest.fn((text: string, version: string, policy: string) =>
    version === ''
      ? fail(new ForgeError('FORGE-V001', { what: 'empty' }))
      : ok(text + version + policy),
  );
  const satisfies = jest.fn((text: string, version: string) => ok(text === version));
  const grammar = remembered({ satisfies, rewrite, default: (version) => `^${version}` });

  it('answers the same question once, refusals included', () => {
    expect(grammar.rewrite('^1', '2', 'always')).toEqual(ok('^12always'));
    expect(grammar.rewrite('^1', '2', 'always')).toEqual(ok('^12always'));
    expect(grammar.rewrite('^1', '', 'always')).toBe(grammar.rewrite('^1', '', 'always'));
    expect(rewrite).toHaveBeenCalledTimes(2);
  });

  it('keeps questions apart that read the same when they are joined', () => {
    expect(grammar.rewrite('^1', '2', 'violated')).toEqual(ok('^12violated'));
    expect(grammar.satisfies('a\0b', 'c')).toEqual(ok(false));
    expect(grammar.satisfies('a', 'b\0c')).toEqual(ok(false));
    expect(satisfies).toHaveBeenCalledTimes(2);
  });

  it('answers what is too long to be kept anew each time', () => {
    satisfies.mockClear();
    for (const text of ['1'.repeat(400), '1'.repeat(400), '1'.repeat(501), '1'.repeat(501)])
      expect(grammar.satisfies(text, '2')).toEqual(ok(false));
    expect(satisfies).toHaveBeenCalledTimes(3);
  });
});
