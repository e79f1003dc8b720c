import { readerOf, sourceOf } from '../../testing';
import { cargo } from '.';
import { type Files } from './testing/workspace';

function read(files: Files, file = 'Cargo.toml') {
  return cargo.format.read(sourceOf(file, files[file] ?? ''), readerOf(files));
}

const head = '[package]\nname = "app"\nversion = "1.2.0"\n';
const member = 'crates/app/Cargo.toml';
const root = [
  '[workspace]',
  'members = ["crates/*"]',
  '[workspace.package]',
  'version = "1.2.0" # one for all',
  'publish = false',
  '[workspace.dependencies]',
  'core = { path = "crates/core", version = "=1.2.0" }',
  'util = "0.3"',
  '',
].join('\n');

describe('read', () => {
  it('tells name, version, dependencies and where they stand', () => {
    const text = [
      head,
      '[dependencies]',
      'core = { path = "../core", version = "^1.2" }',
      'my = { package = "other-name", version = "1", optional = true }',
      '[build-dependencies.gen]',
      'path = "../gen"',
      "[target.'cfg(windows)'.dev-dependencies]",
      'win = "0.1"',
    ].join('\n');
    expect(read({ [member]: text }, member)).toEqual({
      ok: true,
      value: {
        ecosystem: 'cargo',
        file: member,
        name: 'app',
        version: { value: '1.2.0', file: member, via: 'package.version' },
        dependencies: [
          {
            name: 'core',
            kind: 'runtime',
            section: 'dependencies',
            requirement: '^1.2',
            path: 'crates/core',
          },
          {
            name: 'other-name',
            alias: 'my',
            kind: 'optional',
            section: 'dependencies',
            requirement: '1',
          },
          {
            name: 'gen',
            kind: 'build',
            section: 'build-dependencies',
            requirement: null,
            path: 'crates/gen',
          },
          {
            name: 'win',
            kind: 'dev',
            section: "target.'cfg(windows)'.dev-dependencies",
            requirement: '0.1',
          },
        ],
        embeds: [],
        inputs: [],
      },
    });
  });

  it('inherits from the workspace root', () => {
    const text =
      '[package]\nname = "app"\nversion.workspace = true\npublish = { workspace = true }\n' +
      '[dependencies]\ncore.workspace = true\nutil = { workspace = true, optional = true }\n';
    expect(read({ 'Cargo.toml': root, [member]: text }, member)).toMatchObject({
      value: {
        version: { value: '1.2.0', file: 'Cargo.toml', via: 'workspace.package.version' },
        private: '`publish = false` in the workspace',
        dependencies: [
          { name: 'core', kind: 'runtime', requirement: '=1.2.0', path: 'crates/core' },
          { name: 'util', kind: 'optional', requirement: '0.3' },
        ],
        inputs: ['Cargo.toml'],
      },
    });
  });

  it('finds the root that is named, and passes by one that excludes the crate', () => {
    const files = {
      'Cargo.toml':
        '[workspace]\nmembers = ["deep/nested"]\n[workspace.package]\nversion = "9.0.0"\n',
      'deep/Cargo.toml':
        '[workspace]\nexclude = ["nested"]\n[workspace.package]\nversion = "1.0.0"\n',
      'deep/nested/Cargo.toml': '[package]\nname = "n"\nversion.workspace = true\n',
    };
    expect(read(files, 'deep/nested/Cargo.toml')).toMatchObject({
      value: { version: { value: '9.0.0' } },
    });
    const named = {
      ...files,
      'deep/nested/Cargo.toml':
        '[package]\nname = "n"\nworkspace = ".."\nversion.workspace = true\n',
    };
    expect(read(named, 'deep/nested/Cargo.toml')).toMatchObject({
      value: { version: { value: '1.0.0' } },
    });
  });

  it.each([
    ['publish = false', '`publish = false`'],
    ['publish = []', '`publish = []`'],
    ['publish = ["crates-io"]', undefined],
  ])('%s: private is %s', (line, reason) => {
    const result = read({ 'Cargo.toml': `${head}${line}\n` });
    expect(result.ok && result.value?.private).toBe(reason);
  });

  it('takes a crate without version for one that is never published', () => {
    expect(read({ 'Cargo.toml': '[package]\nname = "xtask"\n' })).toMatchObject({
      value: { version: { value: null }, private: expect.stringContaining('no version') },
    });
  });

  it('is no package: a virtual workspace root', () => {
    expect(read({ 'Cargo.toml': root })).toEqual({ ok: true, value: null });
  });

  it('reads integers beyond 2^53, a byte order mark and CRLF', () => {
    const text = `\ufeff${head}[package.metadata]\nbig = 9223372036854775807\n`.replaceAll(
      '\n',
      '\r\n',
    );
    expect(read({ 'Cargo.toml': text })).toMatchObject({ value: { name: 'app' } });
  });

  it('keeps a member whose version is inherited from a root that cannot be read', () => {
    const files = {
      'Cargo.toml': '[workspace',
      [member]: '[package]\nname = "app"\nversion.workspace = true\n',
    };
    expect(read(files, member)).toMatchObject({
      value: { name: 'app', version: { value: null, file: 'Cargo.toml' } },
    });
    expect(read(files, member)).not.toHaveProperty('value.private');
  });

  it.each([
    ['', 'FORGE-M001', undefined],
    ['[package]\nname = "app"\nversion = "1.', 'FORGE-M002', 3],
    ['[package]\nversion = "1.2.0"\n', 'FORGE-M004', 1],
    ['[dependencies]\n', 'FORGE-M004', undefined],
    ['[package]\nname = ""\nversion = "1.2.0"\n', 'FORGE-M006', 2],
    ['[package]\nname = "app"\nversion = "1.2"\n', 'FORGE-M006', 3],
    ['[package]\nname = "app"\nversion = 1\n', 'FORGE-M006', 3],
    ['[package]\nname = "app"\nversion.workspace = true\n', 'FORGE-M012', 3],
    [`${head}[dependencies]\ncore.workspace = true\n`, 'FORGE-M012', 5],
  ])('%j is %s at line %s', (text, code, line) => {
    const result = read({ 'Cargo.toml': text });
    const problem = result.ok ? undefined : result.problems[0];
    expect([problem?.code, problem?.where?.line]).toEqual([code, line]);
    if (line !== undefined) expect(problem?.frame).toContain('^');
  });
});

describe('what the public registry demands', () => {
  const lacking = (files: Files, file = 'Cargo.toml') =>
    cargo.format
      .lacking?.(sourceOf(file, files[file] ?? ''), readerOf(files))
      .map(({ field, where }) => `${field} ${where.file}:${where.line}`);

  it('is a description, and a license or its file, none of them empty', () => {
    const without = ['description Cargo.toml:2', 'license` or `license-file Cargo.toml:2'];
    expect(lacking({ 'Cargo.toml': head })).toEqual(without);
    const empty = `${head}description = " "\nlicense = ""\n`;
    expect(lacking({ 'Cargo.toml': empty })).toEqual(without);
    for (const license of ['license = "MIT"', 'license-file = "LICENSE"'])
      expect(lacking({ 'Cargo.toml': `${head}description = "Words"\n${license}\n` })).toEqual([]);
  });

  it('may stand in the root of the workspace', () => {
    const own = `${head}description.workspace = true\nlicense = { workspace = true }\n`;
    const said = root.replace('publish = false', 'description = "Words"\nlicense = "MIT"');
    expect(lacking({ 'Cargo.toml': said, [member]: own }, member)).toEqual([]);
    expect(lacking({ 'Cargo.toml': root, [member]: own }, member)).toHaveLength(2);
    expect(lacking({ [member]: own }, member)).toEqual([]);
  });
});
