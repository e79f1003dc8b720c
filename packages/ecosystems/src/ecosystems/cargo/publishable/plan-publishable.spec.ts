import { readerOf, sourceOf } from '../../../testing';
import { cargo } from '..';
import { applied, lookupIn, manifestOf, valueOf, type Files } from '../testing/workspace';

const core = '[package]\nname = "core"\nversion = "1.3.0"\n';
const head = '[package]\nname = "app"\nversion = "1.0.0"\n';

function publishable(files: Files, file: string, shippedIn?: string) {
  return cargo.format.publishable(sourceOf(file, files[file] ?? ''), manifestOf(files, file), {
    reader: readerOf(files),
    local: lookupIn(files),
    ...(shippedIn !== undefined && { shippedIn }),
  });
}

function published(files: Files, file: string, shippedIn?: string): Files {
  return applied(files, valueOf(publishable(files, file, shippedIn)));
}

describe('publishable', () => {
  const file = 'app/Cargo.toml';

  it.each([
    ['core = { path = "../core" }', 'core = { path = "../core", version = "1.3.0" }'],
    ['core.path = "../core" # c', 'core.path = "../core" # c\ncore.version = "1.3.0"'],
  ])('gives a path dependency without version one: %s', (before, after) => {
    const files = { 'core/Cargo.toml': core, [file]: `${head}[dependencies]\n${before}\n` };
    expect(published(files, file)).toEqual({ [file]: `${head}[dependencies]\n${after}\n` });
  });

  it('gives it in the root where it is inherited', () => {
    const root =
      '[workspace]\nmembers = ["app", "core"]\n[workspace.dependencies]\ncore = { path = "core" }\n';
    const files = {
      'Cargo.toml': root,
      'core/Cargo.toml': core,
      [file]: `${head}[build-dependencies]\ncore.workspace = true\n`,
    };
    const after = root.replace('path = "core"', 'path = "core", version = "1.3.0"');
    expect(published(files, file)).toEqual({ 'Cargo.toml': after });
  });

  it.each([
    ['core = { path = "../core", version = "1" }', 'core = { path = "../core" }'],
    [
      'core = { workspace = true, features = ["t"] }',
      'core = { path = "../core", features = ["t"] }',
    ],
    ['core.workspace = true', 'core.path = "../core"'],
  ])('publishes no dev-dependency on a local crate: %s', (before, after) => {
    const files = {
      'Cargo.toml':
        '[workspace]\n[workspace.dependencies]\ncore = { path = "core", version = "1" }\n',
      'core/Cargo.toml': core,
      [file]: `${head}[dev-dependencies]\n${before}\n`,
    };
    expect(published(files, file)).toEqual({ [file]: `${head}[dev-dependencies]\n${after}\n` });
  });

  it.each(['core = { path = "../core", version = "1" }', 'serde = "1"'])(
    'leaves to cargo what cargo does itself: %s',
    (line) => {
      const files = { 'core/Cargo.toml': core, [file]: `${head}[dependencies]\n${line}\n` };
      expect(published(files, file)).toEqual({});
    },
  );

  it.each(['other = { path = "../other" }', 'other = { git = "https://example.test/other" }'])(
    'refuses what no registry can serve: %s',
    (line) => {
      const result = publishable({ [file]: `${head}[dependencies]\n${line}\n` }, file);
      expect(result).toMatchObject({ problems: [{ code: 'FORGE-A006', where: { line: 5 } }] });
    },
  );

  it('leaves a private crate alone', () => {
    const text = `${head}publish = false\n[dependencies]\nother = { path = "../other" }\n`;
    expect(published({ [file]: text }, file)).toEqual({});
  });
});

describe('publishable: shipped as source', () => {
  const file = 'gem/ext/app/Cargo.toml';
  const root = [
    '[workspace]',
    'members = ["core", "gem/ext/app"]',
    '[workspace.package]',
    'version = "1.0.0"',
    'license = "MIT"',
    'readme = "README.md"',
    'keywords = [',
    '  "one", # first',
    ']',
    '[workspace.dependencies]',
    'core = { path = "core", version = "=1.3.0", default-features = false, features = ["a"] }',
    'serde = "1"',
    'inner = { path = "gem/ext/inner" }',
    '',
  ].join('\n');
  const ship = (text: string, more: Files = {}): Files =>
    published({ 'Cargo.toml': root, 'core/Cargo.toml': core, ...more, [file]: text }, file, 'gem');

  it('writes out what the package inherits', () => {
    const text = [
      '[package]',
      'name = "app"',
      'version.workspace = true',
      'license = { workspace = true } # c',
      'readme.workspace = true',
      'keywords.workspace = true',
      '[lints]',
      'workspace = true',
      '',
    ].join('\n');
    const after = [
      '[package]',
      'name = "app"',
      'version = "1.0.0"',
      'license = "MIT" # c',
      'keywords = [',
      '  "one", # first',
      ']',
      '[lints]',
      '',
      '[workspace]',
      '',
    ].join('\n');
    expect(ship(text)).toEqual({ [file]: after });
  });

  it.each([
    ['core = { path = "../../../core", version = "=1.3.0" }', 'core = { version = "=1.3.0" }'],
    ['core = { path = "../../../core" }', 'core = { version = "1.3.0" }'],
    [
      'core.workspace = true',
      'core.version = "=1.3.0"\ncore.default-features = false\ncore.features = ["a"]',
    ],
    [
      'core = { workspace = true, features = ["b"] }',
      'core = { version = "=1.3.0", default-features = false, features = ["a", "b"] }',
    ],
    ['serde = { workspace = true, optional = true }', 'serde = { version = "1", optional = true }'],
    ['inner.workspace = true', 'inner.path = "../inner"'],
    ['inner = { path = "../inner" }', 'inner = { path = "../inner" }'],
  ])('cuts what leaves the shipped directory: %s', (before, after) => {
    const text = (lines: string): string => `${head}[dependencies]\n${lines}\n`;
    expect(ship(text(before))).toEqual({ [file]: `${text(after)}\n[workspace]\n` });
  });

  it.each([
    '[dev-dependencies]\ncore = { path = "../../../core", version = "1" }\n',
    '[dev-dependencies]\ncore.workspace = true\n',
    '[dev-dependencies]\ncore.path = "../../../core"\ncore.version = "1"\n',
  ])('drops dev-dependencies on what stays behind: %j', (lines) => {
    expect(ship(head + lines)).toEqual({ [file]: `${head}[dev-dependencies]\n\n[workspace]\n` });
  });

  it('takes local packages out of a lock file that travels along', () => {
    const entry = (name: string, source = ''): string =>
      `[[package]]\nname = "${name}"\nversion = "1.3.0"\n${source}\n`;
    const foreign = entry('serde', 'source = "registry+x"\n');
    const lock = 'gem/ext/app/Cargo.lock';
    const text = `version = 4\n\n${entry('app')}${entry('core')}${foreign}`;
    expect(ship(head, { [lock]: text })[lock]).toBe(`version = 4\n\n${entry('app')}${foreign}`);
  });

  it('keeps a workspace that is shipped as a whole', () => {
    const files = {
      'gem/Cargo.toml':
        '[workspace]\nmembers = ["ext/app"]\n[workspace.package]\nversion = "2.0.0"\n',
      [file]: '[package]\nname = "app"\nversion.workspace = true\n',
    };
    expect(published(files, file, 'gem')).toEqual({});
  });
});
