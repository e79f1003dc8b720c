import { changeManifest } from '../../edit';
import type { Manifest, ManifestChange, Reader, Source } from '../../model';
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

function change(text: string, asked: ManifestChange): string {
  const source = sourceOf(text);
  const result = changeManifest(hackage, source, asked, readerOf());
  if (!result.ok) throw result.problems[0];
  const bytes = result.value.files.get(source.file) ?? source.bytes;
  return Buffer.from(bytes).toString(source.encoding);
}

const core = (policy: 'violated' | 'always' = 'violated'): ManifestChange => ({
  requirements: [{ name: 'core', version: '1.3.0', policy }],
});
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

describe('setting the version', () => {
  it.each([
    ['Name: a\nVersion:             1.2.0\n', 'Name: a\nVersion:             1.3.0\n'],
    ['name: a\nVERSION :1.2.0', 'name: a\nVERSION :1.3.0'],
    ['name: a\nversion:\n  1.2.0\n', 'name: a\nversion:\n  1.3.0\n'],
    ['-- version: 9\nname: a\nversion: 1.2.0\n', '-- version: 9\nname: a\nversion: 1.3.0\n'],
    ['\ufeffname: a\r\nversion: 1.2.0\r\n', '\ufeffname: a\r\nversion: 1.3.0\r\n'],
    ['name: a\nversion: 1.2.0\nx-revision: 2\nx: y\n', 'name: a\nversion: 1.3.0\nx: y\n'],
    ['name: a\nversion: 1.3.0\nx-revision: 2\n', 'name: a\nversion: 1.3.0\nx-revision: 2\n'],
  ])('%j becomes %j', (before, after) => expect(change(before, { version: '1.3.0' })).toBe(after));

  it('moves what a component asks of its own library', () => {
    const text = `${head}library\nexecutable x\n  build-depends: demo ==1.2.0\n`;
    expect(change(text, { version: '1.3.0' })).toContain('build-depends: demo ==1.3.0\n');
  });

  it('leaves an invalid byte elsewhere alone', () => {
    const bytes = Buffer.from('name: a\nauthor: J\xf6rg\nversion: 1.2.0\n', 'latin1');
    const source = sourceOf(bytes);
    const result = changeManifest(hackage, source, { version: '1.3.0' }, readerOf());
    if (!result.ok) throw result.problems[0];
    expect(Buffer.from(result.value.files.get(source.file) ?? []).toString('latin1')).toBe(
      'name: a\nauthor: J\xf6rg\nversion: 1.3.0\n',
    );
  });
});

describe('setting requirements', () => {
  const library = (value: string): string => `${head}library\n  build-depends: ${value}\n`;

  it.each([
    ['core:{core, testlib} >=1.2 && <1.3', 'core:{core, testlib} >=1.2 && <1.4'],
    ['core:sub ^>=1.2', 'core:sub ^>=1.3'],
    ['core', 'core'],
    ['core-extra ^>=1.2, other-core ^>=1.2', 'core-extra ^>=1.2, other-core ^>=1.2'],
    ['core ^>=1.2, core >=1.2.0 && <1.3', 'core ^>=1.3, core >=1.2.0 && <1.4'],
    [
      '\n    , base\n    -- why\n    , core ^>= 1.2',
      '\n    , base\n    -- why\n    , core ^>= 1.3',
    ],
    ['core >=1.2\n    -- why\n    && <1.3,', 'core >=1.2\n    -- why\n    && <1.4,'],
    ['core ^>=1.2\n    || ^>=1.1', 'core ^>=1.2\n    || ^>=1.1 || ^>=1.3'],
  ])('%j becomes %j', (before, after) =>
    expect(change(library(before), core())).toBe(library(after)),
  );

  it('reaches every place, and only those that mean the package', () => {
    const places = [
      'common c\n  build-depends: core ==1.2.*',
      'library\n  if flag(x)\n    build-depends: core ==1.2.*\n  else\n    build-depends: core ==1.2.*',
      'executable e\n  build-tool-depends: core:exe ==1.2.*',
      'custom-setup\n  setup-depends: core ==1.2.*',
      'benchmark b { build-depends: core ==1.2.* }',
    ];
    const text = `${head}${places.join('\n')}\n`;
    expect(change(text, core())).toBe(text.replaceAll('1.2.*', '1.3.*'));
    const own = `${head}library core\nlibrary\n  build-depends: core ==1.2.*\n  mixins: core (A)\n`;
    expect(change(own, core())).toBe(own);
  });

  it('does nothing when there is nothing to do, and raises under `always`', () => {
    expect(change(library('core >=1.2'), core())).toBe(library('core >=1.2'));
    expect(change(library('core >=1.2'), core('always'))).toBe(library('core >=1.3'));
    const again = hackage.format.plan(sourceOf(library('core >=1.3')), core('always'), readerOf());
    expect(again).toEqual({ ok: true, value: [] });
  });

  it('refuses what it cannot keep in meaning, with the place', () => {
    const result = hackage.format.plan(sourceOf(library('core >1.3.0')), core(), readerOf());
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-V004', where: { line: 5, column: 23 } }],
    });
  });
});
