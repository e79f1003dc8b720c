import { parse } from 'yaml';
import { writeYaml, type YamlMap } from './write-yaml';

describe('writeYaml', () => {
  const values: readonly (readonly [string, YamlMap])[] = [
    ['words, numbers and truth', { a: 'b', c: 1, d: true, e: false }],
    [
      'text that looks like something else',
      { a: 'true', b: '3.10', c: 'null', d: 'No', e: '', f: 'on' },
    ],
    [
      'marks of the syntax',
      { a: 'x: y', b: 'x #y', c: 'x:', d: '*.md', e: "it's", f: '- x', g: '!x' },
    ],
    ['expressions', { a: '${{ secrets.TOKEN }}', b: "always() && x != 'y'" }],
    ['keys', { push: 'x', 'dry-run': 'y', 'it is': 'z', '1': 'w' }],
    ['lines', { a: 'one\n\n  two: 2\n', b: 'one\ntwo', c: [{ run: 'one\ntwo\n' }, 'x\ny\n'] }],
    ['nothing inside', { a: {}, b: [], c: { d: {} } }],
    ['depth', { a: { b: [{ c: 1, d: { e: ['f', 'g'] } }, 'h'] } }],
  ];

  it.each(values)('keeps %s', (_, value) => {
    expect(parse(writeYaml(value))).toEqual(value);
    expect(parse(writeYaml(value), { version: '1.1' })).toEqual(value);
  });

  it('is what a person would write', () => {
    const steps = [{ name: 'Check out', with: { depth: 0 } }, { run: 'make\nmake install\n' }];
    expect(writeYaml({ if: '!inputs.dry', env: undefined, permissions: {}, steps })).toBe(
      `if: '!inputs.dry'
permissions: {}
steps:
  - name: Check out
    with:
      depth: 0
  - run: |
      make
      make install
`,
    );
  });
});
