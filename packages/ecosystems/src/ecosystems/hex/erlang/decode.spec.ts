import { decodeTerm, encodeTerm, nil, yes, type Term } from '.';

const deep = (levels: number): Term => (levels === 0 ? [] : [deep(levels - 1)]);

it.each<[Term]>([
  ['text'],
  [0],
  [255],
  [-7],
  [1.5],
  [[]],
  [['a', 1, nil]],
  [{ tuple: [yes, 'b'] }],
  [
    {
      map: [
        ['reason', 'security'],
        ['nested', { map: [] }],
      ],
    },
  ],
  [deep(10)],
])('reads what it writes: %j', (term) => {
  expect(decodeTerm(encodeTerm(term))).toEqual(term);
});

it('reads what Erlang 25 writes otherwise: atoms in Latin-1, small integers as a string', () => {
  expect(decodeTerm(Buffer.from([131, 100, 0, 4, ...Buffer.from('true')]))).toEqual(yes);
  expect(decodeTerm(Buffer.from([131, 107, 0, 2, 1, 2]))).toEqual([1, 2]);
});

it.each<[string, readonly number[]]>([
  ['nothing', []],
  ['another version', [130, 106]],
  ['a compressed term', [131, 80, 0, 0, 0, 1, 0]],
  ['a function', [131, 112, 0, 0, 0, 0]],
  ['a binary that is cut off', [131, 109, 0, 0, 0, 9, 65]],
  ['a list that promises too much', [131, 108, 255, 255, 255, 255, 106]],
  ['bytes behind the term', [131, 106, 0]],
])('reads no term from %s', (_, bytes) => {
  expect(decodeTerm(Buffer.from(bytes))).toBeUndefined();
});

it('does not follow a term without end', () => {
  expect(decodeTerm(encodeTerm(deep(100)))).toBeUndefined();
});
