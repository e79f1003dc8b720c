import { pointsOf, spread } from './points';

const lines = [
  'begin///',
  'step/publish//begins',
  'step/upload/npm:@a/one@1.0.0/begins',
  'step/upload/npm:two@1.0.0/begins',
  'step/upload/hex:three@1.0.0/begins',
  'end///',
];

describe('the points at which a release is killed', () => {
  it('are after a line of every kind and ecosystem, before and within one of every kind', () => {
    expect(pointsOf(lines)).toEqual([
      'after:begin///',
      'after:step/publish//begins',
      String.raw`after:step/upload/npm:@a/one@1\.0\.0/begins`,
      String.raw`after:step/upload/hex:three@1\.0\.0/begins`,
      'after:end///',
      'before:begin///',
      'before:step/publish//begins',
      String.raw`before:step/upload/hex:three@1\.0\.0/begins`,
      'before:end///',
      'within:begin///',
      'within:step/publish//begins',
      String.raw`within:step/upload/npm:two@1\.0\.0/begins`,
      'within:end///',
    ]);
  });

  it('are spread evenly where fewer are wanted', () => {
    expect(spread(['a', 'b', 'c', 'd', 'e', 'f'], 3)).toEqual(['a', 'c', 'e']);
    expect(spread(['a', 'b'], 3)).toEqual(['a', 'b']);
  });
});
