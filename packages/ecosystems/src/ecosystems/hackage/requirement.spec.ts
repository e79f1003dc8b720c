import { requirement } from './requirement';

const satisfies = (range: string, version: string): unknown => {
  const result = requirement.satisfies(range, version);
  return result.ok ? result.value : result.problems[0]?.code;
};

describe('satisfies', () => {
  it.each([
    ['^>=1.2', '1.2.9', true],
    ['^>=1.2', '1.3', false],
    ['^>=1.2.3', '1.2.2', false],
    ['^>=1', '1.0.5', true],
    ['^>=1', '1.1', false],
    ['>=1.2', '1.2.0', true],
    ['==1.2', '1.2.0', false],
    ['==1.2.*', '1.2.0.4', true],
    ['==1.2.*', '1.3', false],
    ['<1.3', '1.3.0', false],
    ['<=1.3', '1.3', true],
    ['> 1.3', '1.3.0', true],
    ['>=1.2 && <1.4 || ==2.0.*', '2.0.1', true],
    ['>=1.2 && (<1.4 || ==2.0.*)', '1.4', false],
    ['^>= { 1.2, 2.0 }', '2.0.3', true],
    ['== {1.2,1.3}', '1.3', true],
    ['-any', '7', true],
    ['-none', '7', false],
    ['>=', '1', 'FORGE-V003'],
    ['^>=1.2.*', '1', 'FORGE-V003'],
    ['~>1.2', '1', 'FORGE-V003'],
    ['(>=1', '1', 'FORGE-V003'],
    ['>=1.2-rc', '1', 'FORGE-V003'],
    ['>=1.3', '1.3.0-rc.1', true],
    ['<1.3', '1.3.0-rc.1', false],
    ['==1.3.0', '1.3.0-rc.1', true],
    ['>=1', '1.0-', 'FORGE-V001'],
  ])('%s holds %s: %s', (range, version, expected) =>
    expect(satisfies(range, version)).toBe(expected),
  );
});

describe('rewrite, policy `violated`', () => {
  it.each([
    ['^>=1.2', '1.2.5', '^>=1.2'],
    ['^>=1.2', '1.3.0', '^>=1.3'],
    ['==1.2.0', '1.3.0-rc.1', '==1.3.0'],
    ['^>=1.2.3', '1.3.0', '^>=1.3.0'],
    ['^>= 1.2.3.4', '1.3.0', '^>= 1.3.0'],
    ['^>=1', '2.3.0', '^>=2.3'],
    ['==1.2.0', '1.3.0', '==1.3.0'],
    ['== 1.2.*', '1.3.0', '== 1.3.*'],
    ['>=1.2  &&  <1.3', '1.3.0', '>=1.2  &&  <1.4'],
    ['>=1.2 && <2', '2.1.0', '>=1.2 && <3'],
    ['>=1.2 && <1.3.0', '1.3.0', '>=1.2 && <1.4.0'],
    ['>=1 && <=1.2', '1.3.0', '>=1 && <=1.3.0'],
    ['>=1.2 && <2.0', '2.0.0', '>=1.2 && <2.1'],
    ['(>=1 || ==0.9) && <2', '2.1.0', '(>=1 || ==0.9) && <3'],
    ['^>=1.1 || ^>=1.2', '1.3.0', '^>=1.1 || ^>=1.2 || ^>=1.3'],
    ['^>=1.1||>=1.2 && <1.3', '1.3.0', '^>=1.1||>=1.2 && <1.4'],
    ['^>= { 1.1, 1.2 }', '1.3.0', '^>= { 1.1, 1.2, 1.3 }'],
    ['^>={1.2}', '1.3.0', '^>={1.2, 1.3}'],
    ['-any', '1.3.0', '-any'],
  ])('%s for %s is %s', (range, version, expected) => {
    const result = requirement.rewrite(range, version, 'violated');
    expect(result).toEqual({ ok: true, value: expected });
    expect(satisfies(expected, version)).toBe(true);
  });
});

describe('rewrite, policy `always`', () => {
  it.each([
    ['^>=1.2.3', '1.2.5', '^>=1.2.5'],
    ['^>=1.2', '1.2.5', '^>=1.2'],
    ['>=1.2 && <2', '1.3.0', '>=1.3 && <2'],
    ['>=1.2.0 && <1.3', '1.3.0', '>=1.3.0 && <1.4'],
    ['>=1.2', '1.2.0', '>=1.2'],
    ['<2', '1.3.0', '<2'],
    ['==1.2.*', '1.3.0', '==1.3.*'],
    ['^>=1.1.1 || ^>=1.3.0', '1.3.4', '^>=1.1.1 || ^>=1.3.4'],
    ['^>={1.1.1,1.3.0}', '1.3.4', '^>={1.1.1,1.3.4}'],
  ])('%s for %s is %s', (range, version, expected) => {
    expect(requirement.rewrite(range, version, 'always')).toEqual({ ok: true, value: expected });
    expect(satisfies(expected, version)).toBe(true);
  });

  it.each(['-none', '>2.0', '>=1 && -none'])('refuses %s for 1.3.0', (range) =>
    expect(requirement.rewrite(range, '1.3.0', 'always')).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-V004' }],
    }),
  );
});

it.each([
  ['1.3.0', '^>=1.3'],
  ['0.1.8.2', '^>=0.1'],
  ['2', '^>=2'],
  ['1.3.0-rc.1', '^>=1.3'],
])('asks for %s by %s unless told otherwise', (version, range) => {
  expect(requirement.default(version)).toBe(range);
  expect(satisfies(range, version)).toBe(true);
});
