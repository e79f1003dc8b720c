import { changeManifest } from '../../edit';
import type { ManifestChange, Reader, Source } from '../../model';
import { decodeSource } from '../../text';
import { npm } from '.';

function source(file: string, text: string): Source {
  const decoded = decodeSource(file, Buffer.from(text));
  if (!decoded.ok) throw decoded.problems[0];
  return decoded.value;
}

function readerOf(files: Readonly<Record<string, string>>): Reader {
  const memos = new Map<string, unknown>();
  const parts = (file: string): [string, string] => {
    const slash = file.lastIndexOf('/');
    return slash < 0 ? ['.', file] : [file.slice(0, slash), file.slice(slash + 1)];
  };
  return {
    read: (file) => (file in files ? source(file, files[file] ?? '') : undefined),
    list: (directory) =>
      Object.keys(files).flatMap((file) => (parts(file)[0] === directory ? [parts(file)[1]] : [])),
    memo<T>(key: string, compute: () => T): T {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key) as T;
    },
  };
}

const file = 'packages/app/package.json';
const app = (extra: object): string =>
  JSON.stringify({ name: '@acme/app', version: '1.2.0', ...extra }, null, 2);

function read(text: string, files: Record<string, string> = {}) {
  const result = npm.format.read(source(file, text), readerOf(files));
  return result.ok ? result.value : result.problems.map(({ code, where }) => ({ code, ...where }));
}

function change(text: string, asked: ManifestChange, files: Record<string, string> = {}) {
  const result = changeManifest(npm, source(file, text), asked, readerOf(files));
  if (!result.ok) return result.problems.map(({ code }) => code);
  return Object.fromEntries(
    [...result.value.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );
}

const core = (version: string): ManifestChange => ({
  requirements: [{ name: 'core', version, policy: 'violated' }],
});

describe('reading package.json', () => {
  it('gives name, version and all four tables', () => {
    const manifest = read(
      app({
        dependencies: { core: '^1.2', my: 'npm:@s/other@~2.0', local: 'file:../local/' },
        optionalDependencies: { fast: 'workspace:*' },
        peerDependencies: { react: '>=17 || ^19' },
        devDependencies: { tool: 'github:acme/tool', next: 'latest' },
      }),
    );
    expect(manifest).toMatchObject({
      ecosystem: 'npm',
      file,
      name: '@acme/app',
      version: { value: '1.2.0', file, via: 'version' },
      inputs: [],
      embeds: [],
      dependencies: [
        { name: 'core', kind: 'runtime', section: 'dependencies', requirement: '^1.2' },
        { name: '@s/other', alias: 'my', requirement: 'npm:@s/other@~2.0' },
        { name: 'local', requirement: null, path: 'packages/local' },
        { name: 'fast', kind: 'optional', requirement: 'workspace:*', internal: true },
        { name: 'react', kind: 'peer', requirement: '>=17 || ^19' },
        { name: 'tool', kind: 'dev', fixed: expect.stringContaining('github:') },
        { name: 'next', kind: 'dev', fixed: expect.stringContaining('dist-tag') },
      ],
    });
    expect(manifest).not.toHaveProperty('private');
  });

  it.each([
    ['a workspace root', { workspaces: ['packages/*'], main: 'x.js' }],
    ['a private place for scripts', { private: true, name: 'scripts' }],
    ['a place for settings', { type: 'module' }],
  ])('knows %s for no package', (_, json) => expect(read(JSON.stringify(json))).toBeNull());

  it('says why a package is private', () => {
    expect(read(app({ private: true }))).toHaveProperty('private', '`private` is set');
  });

  it.each([
    ['{"version": "1.0.0", "main": "a.js"}', [{ code: 'FORGE-M004', line: 1, column: 1 }]],
    ['{"name": "a", "bin": "a.js"}', [{ code: 'FORGE-M005', line: 1 }]],
    ['{"exports": {}}', [{ code: 'FORGE-M004' }, { code: 'FORGE-M005' }]],
    ['{"name": 1, "version": "1.0.0"}', [{ code: 'FORGE-M006', line: 1, column: 10 }]],
    ['{"name": "a",\n "version": "1.0"}', [{ code: 'FORGE-M006', line: 2, column: 13 }]],
    ['{"name": "a", "version": "v1.0.0"}', [{ code: 'FORGE-M006' }]],
    [app({ dependencies: { core: 1 } }), [{ code: 'FORGE-M006', line: 5 }]],
    [app({ dependencies: ['core'] }), [{ code: 'FORGE-M006', line: 4 }]],
    ['[]', [{ code: 'FORGE-M006' }]],
    ['', [{ code: 'FORGE-M001' }]],
    ['{"name": "a", "ver', [{ code: 'FORGE-M002' }]],
  ])('refuses %s', (text, problems) => expect(read(text)).toMatchObject(problems));

  it('takes the requirement of `catalog:` from pnpm-workspace.yaml above', () => {
    const files = { 'pnpm-workspace.yaml': 'catalog:\n  core: ^1.2.0\n' };
    const json = app({ dependencies: { core: 'catalog:', other: 'catalog:' } });
    expect(read(json, files)).toMatchObject({
      inputs: ['pnpm-workspace.yaml'],
      dependencies: [
        { name: 'core', requirement: '^1.2.0' },
        { name: 'other', requirement: 'catalog:', fixed: expect.any(String) },
      ],
    });
  });

  it.each([
    ['napi', { napi: {}, files: ['dist', '*.node'] }, 'packages/app', 'binary'],
    [
      'scripts.build',
      { scripts: { build: 'napi build --manifest-path ../../crates/app/Cargo.toml' } },
      'crates/app',
      'binary',
    ],
    [
      'scripts.wasm',
      { scripts: { wasm: 'wasm-pack build --out-dir ./pkg' } },
      'packages/app',
      'binary',
    ],
    ['files', { files: ['native/**', 'lib'] }, 'packages/app/native', 'source'],
    ['files', { napi: {}, files: ['Cargo.toml', 'src'] }, 'packages/app', 'source'],
  ])('finds the crate that it embeds by `%s` (%#)', (via, json, directory, ships) => {
    const manifest = `${directory}/Cargo.toml`;
    const found = read(app(json), { [manifest]: '' });
    expect(found).toHaveProperty('embeds', [{ manifest, via, ships }]);
    expect(read(app(json))).toHaveProperty('embeds', []);
  });
});

describe('editing package.json', () => {
  it.each([
    ['{\n\t"name": "a",\n\t"version": "1.2.0"\n}', '{\n\t"name": "a",\n\t"version": "1.3.0"\n}'],
    ['{"name":"a","version":"1.2.0"}', '{"name":"a","version":"1.3.0"}'],
    [
      '{"config": {"version": "1.2.0"}, "name": "a", "version": "1.2.0"}',
      '{"config": {"version": "1.2.0"}, "name": "a", "version": "1.3.0"}',
    ],
    [
      '{"version": "1.0.0", "name": "a", "version": "1.2.0"}',
      '{"version": "1.0.0", "name": "a", "version": "1.3.0"}',
    ],
    ['{"name": "a", "\\u0076ersion": "1.2.\\u0030"}', '{"name": "a", "\\u0076ersion": "1.3.0"}'],
    [
      '\uFEFF{\r\n  "author": "Zoë 🦀",\r\n  "name": "a",\r\n  "version": "1.2.0"\r\n}',
      '\uFEFF{\r\n  "author": "Zoë 🦀",\r\n  "name": "a",\r\n  "version": "1.3.0"\r\n}',
    ],
  ])('sets the version in %j', (before, after) => {
    expect(change(before, { version: '1.3.0' })).toEqual({ [file]: after });
    expect(change(after, { version: '1.3.0' })).toEqual({});
  });

  it.each([
    ['^1.2', '2.0.0', '^2.0'],
    ['workspace:^1.2.0', '2.0.0', 'workspace:^2.0.0'],
    ['npm:core@^1.2', '2.0.0', 'npm:core@^2.0'],
    ['1.2.0', '1.3.0', '1.3.0'],
  ])('changes the requirement %j for %s to %j', (before, version, after) => {
    const text = (range: string): string =>
      app({
        dependencies: { core: range, 'core-extra': '^1.2' },
        peerDependencies: { core: range },
      });
    expect(change(text(before), core(version))).toEqual({ [file]: text(after) });
  });

  it.each(['^1.2', 'workspace:*', 'workspace:^', 'file:../core', 'github:a/core', 'next', '*'])(
    'leaves the requirement %j alone',
    (range) => expect(change(app({ dependencies: { core: range } }), core('1.3.0'))).toEqual({}),
  );

  it('follows an alias to the package that it means', () => {
    const text = (mine: string): string => app({ dependencies: { mine, core: 'npm:other@^1.2' } });
    expect(change(text('npm:core@^1.2'), core('2.0.0'))).toEqual({ [file]: text('npm:core@^2.0') });
  });

  it('changes a catalog where it stands, comments and quotes kept', () => {
    const yaml = (range: string): string =>
      `packages: [packages/*]\r\ncatalogs:\r\n  old:\r\n    core: '${range}' # keep\r\n`;
    const files = { 'pnpm-workspace.yaml': yaml('^1.2.0') };
    const text = app({ dependencies: { core: 'catalog:old' } });
    expect(change(text, core('2.0.0'), files)).toEqual({ 'pnpm-workspace.yaml': yaml('^2.0.0') });
  });

  it('refuses, with the place, what cannot keep its form', () => {
    const asked: ManifestChange = { version: '1.3.0', ...core('1.0.0') };
    const text = app({ dependencies: { core: '>2.0.0' } });
    const result = npm.format.plan(source(file, text), asked, readerOf({}));
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-V004', where: { file, line: 5, column: 14, length: 6 } }],
    });
  });
});
