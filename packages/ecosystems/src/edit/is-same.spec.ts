import { isSame, isSameBut } from './is-same';

describe('plain data', () => {
  it.each([
    [{ a: 1, b: ['x', { c: null }] }, { b: ['x', { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: 1, b: 0 }, { a: 1 }, false],
    [['x'], ['x', 'y'], false],
    [['x', 'y'], ['x'], false],
    [['x'], { 0: 'x' }, false],
    [{}, null, false],
    ['1', 1, false],
  ])('%j and %j', (a, b, expected) => {
    expect(isSame(a, b)).toBe(expected);
  });

  it('may differ in one member of its own, not in those of its members', () => {
    expect(isSameBut({ a: 1, b: 2 }, { a: 1, b: 3 }, 'b')).toBe(true);
    expect(isSameBut({ a: 1 }, { a: 1, b: 3 }, 'b')).toBe(true);
    expect(isSameBut({ a: { b: 1 } }, { a: { b: 2 } }, 'b')).toBe(false);
  });
});
