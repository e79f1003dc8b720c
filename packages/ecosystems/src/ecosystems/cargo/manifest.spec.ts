import { dirname } from 'node:path/posix';
import { changeManifest } from '../../edit';
import type { ManifestChange } from '../../model';
import { readerOf, sourceOf } from '../../testing';
import { cargo } from '.';
import { type Files } from './testing/workspace';

function read(files: Files, file = 'Cargo.toml') {
  return cargo.format.read(sourceOf(file, files[file] ?? ''), readerOf(files));
}

/** The changed files as text; throws the first problem. */
function change(files: Files, wanted: ManifestChange, file = 'Cargo.toml'): Files {
  const changed = changeManifest(cargo, sourceOf(file, files[file] ?? ''), wanted, readerOf(files));
  if (!changed.ok) throw changed.problems[0];
  return Object.fromEntries(
    [...changed.value.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
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

describe('plan: version', () => {
  it.each([
    ['[package]\nname = "app"\nversion = "1.2.0" # keep\n', 'version = "1.3.0" # keep'],
    ["[package]\nname = 'app'\nversion    = '1.2.0'\n", "version    = '1.3.0'"],
    ['package.name = "app"\npackage.version = "1.2.0"\n', 'package.version = "1.3.0"'],
    ['package = { name = "app", version = "1.2.0" }', 'version = "1.3.0" }'],
  ])('sets it in %j', (text, after) => {
    for (const each of [text, text.replaceAll('\n', '\r\n'), `\ufeff${text}`, text.trimEnd()]) {
      const changed = change({ 'Cargo.toml': each }, { version: '1.3.0' });
      expect(changed).toEqual({ 'Cargo.toml': each.replace('1.2.0', '1.3.0') });
      expect(changed['Cargo.toml']).toContain(after);
      expect(change(changed, { version: '1.3.0' })).toEqual({});
    }
  });

  it('touches no other version', () => {
    const text = [
      '# version = "1.2.0"',
      '[package.metadata.x]',
      'version = "1.2.0"',
      'text = """',
      'version = "1.2.0"',
      '"""',
      '[[bin]]',
      'name = "b"',
      'version = "1.2.0"',
      '[package]',
      'name = "app"',
      'version = "1.2.0"',
    ].join('\n');
    const after = text.replace(/version = "1.2.0"$/, 'version = "1.3.0"');
    expect(change({ 'Cargo.toml': text }, { version: '1.3.0' })).toEqual({ 'Cargo.toml': after });
  });

  it('sets an inherited version in the root only', () => {
    const files = {
      'Cargo.toml': root,
      [member]: '[package]\nname = "app"\nversion = { workspace = true }\n',
    };
    const after = root.replace('version = "1.2.0" # one', 'version = "1.3.0" # one');
    expect(change(files, { version: '1.3.0' }, member)).toEqual({ 'Cargo.toml': after });
  });

  it('moves what the root offers to its members, used or not', () => {
    const offer = (requirement: string): string =>
      `[workspace]\nmembers = ["app"]\n\n[workspace.dependencies]\napp = { path = "${dirname(member)}", version = "${requirement}" }\napp-other = { path = "other", package = "app", version = "=1.2.0" }\n`;
    const files = { 'Cargo.toml': offer('=1.2.0'), [member]: head };
    expect(change(files, { version: '1.3.0' }, member)).toEqual({
      'Cargo.toml': offer('=1.3.0'),
      [member]: head.replace('1.2.0', '1.3.0'),
    });
  });

  it('keeps Cargo.lock in step', () => {
    const lock = (version: string): string =>
      [
        'version = 4',
        '',
        '[[package]]',
        'name = "app"',
        'version = "1.2.0"',
        'source = "registry+https://example.test/index"',
        '',
        '[[package]]',
        'name = "app"',
        `version = "${version}"`,
        '',
        '[[package]]',
        'name = "user"',
        'version = "1.2.0"',
        'dependencies = [',
        ` "app ${version}",`,
        ']',
        '',
      ].join('\n');
    const files = {
      'Cargo.toml': root,
      'Cargo.lock': lock('1.1.0'),
      [member]: head.replace('1.2.0', '1.1.0'),
    };
    const changed = change(files, { version: '1.3.0' }, member);
    expect(changed).toEqual({
      [member]: head.replace('1.2.0', '1.3.0'),
      'Cargo.lock': lock('1.3.0'),
    });
    expect(change({ ...files, ...changed }, { version: '1.3.0' }, member)).toEqual({});
  });

  it.each([
    ['[package]\nname = "app"\n', 'FORGE-M005'],
    [head, 'FORGE-V001'],
  ])('refuses where it cannot (%j)', (text, code) => {
    const version = code === 'FORGE-V001' ? '1.3' : '1.3.0';
    expect(() => change({ 'Cargo.toml': text }, { version })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('plan: requirements', () => {
  const wanted: ManifestChange = {
    requirements: [{ name: 'core', version: '1.3.0', policy: 'always' }],
  };

  it.each([
    ['[dependencies]\ncore = "1.2"', '[dependencies]\ncore = "1.3"'],
    ['[dependencies]\n"core" = \'1.2\' # c', '[dependencies]\n"core" = \'1.3\' # c'],
    ['[dependencies.core]\nversion = "^1.2"', '[dependencies.core]\nversion = "^1.3"'],
    ['[dependencies]\ncore.version = "1.2"', '[dependencies]\ncore.version = "1.3"'],
    [
      '[dependencies]\ncore = { path = "../core", version = "=1.2.0", features = [\n "a", # x\n] }',
      '[dependencies]\ncore = { path = "../core", version = "=1.3.0", features = [\n "a", # x\n] }',
    ],
    [
      '[dependencies]\nmy = { package = "core", version = "1.2" }',
      '[dependencies]\nmy = { package = "core", version = "1.3" }',
    ],
    [
      '[dependencies]\ncore = {\n  version = "1.2",\n}',
      '[dependencies]\ncore = {\n  version = "1.3",\n}',
    ],
    ['[dependencies]\ncore = """1.2"""', '[dependencies]\ncore = """1.3"""'],
    ['[dependencies]\ncore = ">=1.2, <2"', '[dependencies]\ncore = ">=1.3, <2"'],
    [
      '[dependencies]\ncore = "1.2"\n[dev-dependencies]\ncore = "1.2"\n[build-dependencies]\ncore = "1.2"\n[target.\'cfg(windows)\'.dependencies]\ncore = "1.2"',
      '[dependencies]\ncore = "1.3"\n[dev-dependencies]\ncore = "1.3"\n[build-dependencies]\ncore = "1.3"\n[target.\'cfg(windows)\'.dependencies]\ncore = "1.3"',
    ],
  ])('rewrites %j', (before, after) => {
    for (const eol of ['\n', '\r\n']) {
      const files = { 'Cargo.toml': (head + before).replaceAll('\n', eol) };
      expect(change(files, wanted)).toEqual({ 'Cargo.toml': (head + after).replaceAll('\n', eol) });
    }
  });

  it.each([
    '[dependencies]\ncore = { package = "other", version = "1.2" }',
    '[dependencies]\ncore = { path = "../core" }',
    '[dependencies]\ncore-extra = "1.2"',
    '[patch.crates-io]\ncore = { path = "../core", version = "1.2" }',
  ])('leaves %j alone', (text) => {
    expect(change({ 'Cargo.toml': head + text }, wanted)).toEqual({});
  });

  it('rewrites an inherited requirement in the root, once', () => {
    const text = `${head}[dependencies]\ncore.workspace = true\n[dev-dependencies]\ncore = { workspace = true, features = ["t"] }\n`;
    const after = root.replace('"=1.2.0"', '"=1.3.0"');
    expect(change({ 'Cargo.toml': root, [member]: text }, wanted, member)).toEqual({
      'Cargo.toml': after,
    });
  });

  it('leaves a satisfied requirement as it is under `violated`', () => {
    const requirements = [{ name: 'core', version: '1.3.0', policy: 'violated' as const }];
    expect(
      change({ 'Cargo.toml': `${head}[dependencies]\ncore = ">=1.2, <2"` }, { requirements }),
    ).toEqual({});
  });

  it('marks the requirement that it refuses to change', () => {
    const files = { 'Cargo.toml': `${head}[dependencies]\ncore = ">2"` };
    expect(() => change(files, wanted)).toThrow(
      expect.objectContaining({ code: 'FORGE-V004', where: expect.objectContaining({ line: 5 }) }),
    );
  });
});
