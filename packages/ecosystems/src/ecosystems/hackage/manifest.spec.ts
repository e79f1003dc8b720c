import type { Manifest, Reader, Source } from '../../model';
import { decodeSource } from '../../text';
import { hackage } from '.';

function sourceOf(text: string | Uint8Array, file = 'libs/demo/demo.cabal'): Source {
  const source = decodeSource(file, typeof text === 'string' ? Buffer.from(text) : text, hackage);
  if (!source.ok) throw source.problems[0];
  return source.value;
}

function readerOf(...names: string[]): Reader {
  return { read: () => undefined, list: () => names, memo: (_, compute) => compute() };
}

function read(text: string, ...names: string[]): Manifest {
  const result = hackage.format.read(sourceOf(text), readerOf(...names));
  if (!result.ok) throw result.problems[0];
  if (!result.value) throw new Error('no manifest');
  return result.value;
}

const head = 'cabal-version: 2.4\nname: demo\nversion: 1.2.0\n';
const simple = (manifest: Manifest): string[] =>
  manifest.dependencies.map(
    ({ name, kind, section, requirement }) => `${section} | ${kind} | ${name} ${requirement}`,
  );

describe('reading', () => {
  it('finds the dependencies of all components with their kinds', () => {
    const manifest = read(`${head}
common deps
  build-depends: base >=4 && <5
common testing
  import: deps
  build-depends: tasty
library
  import: deps
  build-depends:
      core ^>=1.2
    -- , ignored ==1
    , text,
  if flag(fast)
    build-depends: vector >=0.12
  elif os(windows)
    build-depends: Win32
  else
    build-depends: unix
  pkgconfig-depends: zlib
  mixins: core (A)
library internal
  build-depends: containers
executable tool
  build-depends: demo, internal, core:{a, b} >=1.2 && <1.3
  build-tool-depends: gen:gen-exe ==1.2.*
test-suite spec
  import: testing
  build-tool-depends: runner:run
custom-setup
  setup-depends: Cabal -any
`);
    expect(manifest).toMatchObject({ name: 'demo', version: { value: '1.2.0', via: 'version' } });
    expect(simple(manifest)).toEqual([
      'common deps | runtime | base >=4 && <5',
      'common testing | dev | tasty null',
      'library | runtime | core ^>=1.2',
      'library | runtime | text null',
      'library | runtime | vector >=0.12',
      'library | runtime | Win32 null',
      'library | runtime | unix null',
      'library internal | runtime | containers null',
      'executable tool | runtime | core >=1.2 && <1.3',
      'executable tool | build | gen ==1.2.*',
      'test-suite spec | dev | runner null',
      'custom-setup | build | Cabal -any',
    ]);
  });

  it.each([
    ['alignment and capitals', 'Name:    a\nVERSION :1.2.0\n'],
    ['values on the next line', 'name:\n  a\nversion:\n    1.2.0'],
    ['comments that look like fields', '-- name: b\nname: a\n  -- version: 9\nversion: 1.2.0\n'],
    ['CRLF, and lone CR', 'name: a\r\nversion: 1.2.0\r\nlibrary\r  build-depends: b\r'],
    ['a byte order mark', '\ufeffname: a\nversion: 1.2.0\n'],
    ['braces', 'name: { a }\nversion: {\n 1.2.0\n}\nlibrary { build-depends: b >=1 }\n'],
  ])('reads %s', (_, text) =>
    expect(read(text)).toMatchObject({ name: 'a', version: { value: '1.2.0' } }),
  );

  it('ends a field at the brace on one line, and keeps reading behind it', () => {
    const text = `${head}library {\n if os(x) { build-depends: a >=1 } else { build-depends: b }\n}\n`;
    expect(simple(read(text))).toEqual(['library | runtime | a >=1', 'library | runtime | b null']);
  });

  it('tells own components from packages as Cabal does', () => {
    const text = `${head}build-depends: ignored\nlibrary\n  build-depends: sub, sub:lib\n  build-tools: exe, happy
  unknown\n    build-depends: ignored\nlibrary sub\nexecutable exe\n`;
    expect(simple(read(text))).toEqual([
      'library | runtime | sub null',
      'library | build | happy null',
    ]);
  });

  it('reads a file without sections as a library', () => {
    expect(simple(read(`${head}build-depends: base`))).toEqual([
      'build-depends | runtime | base null',
    ]);
  });

  it('takes a tab for one column, as Cabal does', () => {
    const text = `${head}library\n\tbuild-depends:\n\t  a,\n\t  b\n`;
    expect(read(text).dependencies.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('knows private packages by an extension field', () => {
    expect(read(`${head}x-forge-private: True\n`).private).toContain('x-forge-private');
    expect(read(`${head}x-forge-private: False\n`).private).toBeUndefined();
  });

  it.each([
    ['an empty file', '\n', 'FORGE-M001', undefined],
    ['no name', 'version: 1\n', 'FORGE-M004', undefined],
    ['no version', 'name: a\n', 'FORGE-M005', undefined],
    ['a number as name', 'name: 1-2\nversion: 1\n', 'FORGE-M006', { line: 1, column: 7 }],
    ['a version with a tag', 'name: a\nversion: 1.0-rc1\n', 'FORGE-M006', { line: 2, column: 10 }],
    ['a comment behind a value', 'name: a\nversion: 1 -- x\n', 'FORGE-M006', { line: 2 }],
    [
      'an open brace',
      `${head}library {\n  build-depends: a\n`,
      'FORGE-M002',
      { line: 4, column: 9 },
    ],
    ['a stray brace', `${head}}\n`, 'FORGE-M002', { line: 4, column: 1 }],
    ['a layout field that eats a brace', `${head}library {\n a: b }\n`, 'FORGE-M002', { line: 4 }],
    ['a cut range', `${head}library\n  build-depends: a >=`, 'FORGE-M006', { line: 5, column: 20 }],
    ['no dependency', `${head}library\n  build-depends: @a`, 'FORGE-M006', { line: 5, column: 18 }],
  ])('refuses %s', (_, text, code, where) => {
    const result = hackage.format.read(sourceOf(text), readerOf());
    expect(result).toMatchObject({ ok: false, problems: [{ code }] });
    if (!result.ok && where) expect(result.problems[0]).toMatchObject({ where });
  });

  it('refuses two manifests in one directory', () => {
    const result = hackage.format.read(sourceOf(head), readerOf('demo.cabal', 'other.cabal'));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'FORGE-M013' }] });
  });
});

it('plans from a thousand dependencies without a thought for what stays', () => {
  const items = Array.from({ length: 1000 }, (_, index) => `    , pkg-${index} ^>=1.2`);
  const source = sourceOf(`${head}library\n  build-depends:\n${items.join('\n')}\n`);
  const requirements = [{ name: 'pkg-500', version: '2.0.0', policy: 'violated' as const }];
  const planned = hackage.format.plan(source, { requirements }, readerOf());
  expect(planned).toMatchObject({ ok: true, value: [{ expect: '^>=1.2', newText: '^>=2.0' }] });
});

describe('what the public registry demands', () => {
  const lacking = (text: string) =>
    hackage.format
      .lacking?.(sourceOf(text), readerOf())
      .map(({ field, where }) => `${field} :${where.line}`);

  it('is a license that lets people use it, and a synopsis or a description', () => {
    const without = ['license :2', 'synopsis` or `description :2'];
    expect(lacking(head)).toEqual(without);
    expect(lacking(`${head}license: AllRightsReserved\nsynopsis:\n`)).toEqual(without);
    expect(lacking(`${head}license: MIT\nsynopsis: Words\n`)).toEqual([]);
    expect(lacking(`${head}License: BSD-3-Clause\ndescription:\n  Many\n  words\n`)).toEqual([]);
  });

  it('is not what stands in a section', () => {
    expect(lacking(`${head}license: MIT\nsource-repository head\n  description: x\n`)).toEqual([
      'synopsis` or `description :2',
    ]);
  });
});
