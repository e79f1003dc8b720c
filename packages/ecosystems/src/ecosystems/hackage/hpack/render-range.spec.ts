import { parseRange } from '../ranges/range';
import { isSameRange } from '../ranges/same-range';
import { renderRange } from './render-range';

/** Left in a `package.yaml`, right what hpack 0.34.7 wrote for it. */
const written: readonly (readonly [string, string])[] = [
  ['>= 4.7 && < 5', '>=4.7 && <5'],
  ['>= 1.2 && < 1.3', '==1.2.*'],
  ['>=4 && <5', '==4.*'],
  ['^>= 1.2', '==1.2.*'],
  ['^>= 1.2.3', '>=1.2.3 && <1.3'],
  ['== 1.2.*', '==1.2.*'],
  ['== 1.2.0', '==1.2.0'],
  ['^>= {1.2, 1.3}', '>=1.2 && <1.3 || >=1.3 && <1.4'],
  ['== 1.2.* || == 1.4.*', '>=1.2 && <1.3 || >=1.4 && <1.5'],
  ['(>= 1.2 || == 0.9) && < 2', '(>=1.2 || ==0.9) && <2'],
  ['>= 1.2 && (< 2 || == 3.1)', '>=1.2 && (<2 || ==3.1)'],
  ['^>= 1.2 && < 1.2.5', '(>=1.2 && <1.3) && <1.2.5'],
  ['>1 && <2 && <3', '>1 && <2 && <3'],
  ['==1 || ==2 || ==3', '==1 || ==2 || ==3'],
  ['(==1 || ==2) || ==3', '(==1 || ==2) || ==3'],
  ['((>= 1.2))', '>=1.2'],
  ['<=1.2 || >3 && <4', '<=1.2 || >3 && <4'],
];

it.each(written)('%s is written as %s, and means the same', (text, expected) => {
  const range = parseRange(text);
  if (!range) throw new Error(text);
  expect(renderRange(range)).toBe(expected);
  const again = parseRange(expected);
  expect(again && isSameRange(range, again)).toBe(true);
});

it.each([
  ['^>=1.2', '>=1.2 && <1.3', true],
  ['^>=1', '>=1 && <1.1', true],
  ['==1.*', '>=1 && <2', true],
  ['>1.2', '>=1.2.0', true],
  ['==1.2', '>=1.2 && <1.2.0', true],
  ['<2 || >=2', '-any', true],
  ['>3 && <2', '-none', true],
  ['^>=1.2', '^>=1.3', false],
  ['>=1.2', '>1.2', false],
  ['==1.2.*', '==1.2', false],
  ['<0.1', '<0.2', false],
])('%s and %s hold the same versions: %s', (a, b, same) => {
  const [one, two] = [parseRange(a), parseRange(b)];
  if (!one || !two) throw new Error(a);
  expect([isSameRange(one, two), isSameRange(two, one)]).toEqual([same, same]);
});
