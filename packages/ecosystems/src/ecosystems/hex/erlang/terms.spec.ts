import { encodeTerm, fieldsOf, nil, parseTerms, printTerm, textOf, tuple, yes, type Term } from '.';

it.each<[string, string, Term]>([
  ['a binary', '<<"a \\"b\\" \\\\ \\n">>', 'a "b" \\ \n'],
  ['a binary beyond ASCII', '<<"é 🦀"/utf8>>', 'é 🦀'],
  ['a list', '[<<"a">>,1,-2,1.5]', ['a', 1, -2, 1.5]],
  ['a tuple', '{<<"a">>,true}', tuple('a', yes)],
  ['an atom with quotes', "'A b'", { atom: 'A b' }],
  [
    'a map',
    '#{<<"a">> => [],<<"b">> => nil}',
    {
      map: [
        ['a', []],
        ['b', nil],
      ],
    },
  ],
])('%s is printed and read', (_, text, term) => {
  expect(printTerm(term)).toBe(text);
  expect(parseTerms(`${text}.\n`)).toEqual([term]);
});

it.each<[string, Term]>([
  ['<<195,169>>.', 'é'],
  ['<< "a" , "b" >> .', 'ab'],
  ['"characters".', 'characters'],
  ['{<<"a">>, % why\n  []}.', tuple('a', [])],
  ['<<"\\x{e9}"/utf8>>.', 'é'],
])('%s is read', (text, term) => {
  expect(parseTerms(text)).toEqual([term]);
});

it.each(['{<<"a">>', '[1,]. x', '<<"a">>', 'Variable.', `${'['.repeat(200)}`])(
  '`%s` is not read',
  (text) => {
    expect(parseTerms(text)).toBeUndefined();
  },
);

it('finds fields of property lists and of maps', () => {
  const list = fieldsOf([tuple('a', 'x'), tuple({ atom: 'b' }, yes)]);
  expect([textOf(list.get('a')), textOf(list.get('b')), textOf(list.get('c'))]).toEqual([
    'x',
    'true',
    '',
  ]);
  expect(fieldsOf({ map: [['a', 1]] }).get('a')).toBe(1);
});

// As `:erlang.term_to_binary/1` of OTP 25 writes them; a map as `:erlang.binary_to_term/1` reads it.
it.each<[string, Term, number[]]>([
  [
    'a map',
    { map: [['a', yes]] },
    [131, 116, 0, 0, 0, 1, 109, 0, 0, 0, 1, 97, 119, 4, 116, 114, 117, 101],
  ],
  ['a list', [1, 300], [131, 108, 0, 0, 0, 2, 97, 1, 98, 0, 0, 1, 44, 106]],
  ['an empty list', [], [131, 106]],
  ['a tuple', tuple(nil, 'é'), [131, 104, 2, 119, 3, 110, 105, 108, 109, 0, 0, 0, 2, 195, 169]],
  ['a float', 1.5, [131, 70, 63, 248, 0, 0, 0, 0, 0, 0]],
])('%s is encoded', (_, term, bytes) => {
  expect([...encodeTerm(term)]).toEqual(bytes);
});
