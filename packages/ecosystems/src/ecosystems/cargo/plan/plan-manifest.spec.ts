import { changeManifests } from '../../../edit';
import type { ManifestChange } from '../../../model';
import { readerOf, sourceOf } from '../../../testing';
import { cases } from '../../../testing/cases';
import { parseToml } from '../../../text';
import { cargo } from '..';
import { valueOf, type Files } from '../testing/workspace';

/** The changed files as text; throws the first problem. */
function changed(files: Files, asked: Readonly<Record<string, ManifestChange>>): Files {
  const changes = Object.entries(asked).map(([file, change]) => ({
    source: sourceOf(file, files[file] ?? ''),
    change,
  }));
  const result = valueOf(changeManifests(cargo, changes, readerOf(files)));
  return Object.fromEntries([...result.files].map(([file, bytes]) => [file, `${bytes}`]));
}

const crate = (name: string, needs: readonly string[]): string =>
  [
    `[package]\nname = "${name}"\nversion.workspace = true\n\n[dependencies]`,
    ...needs.map((each) => `${each}.workspace = true`),
    '',
  ].join('\n');

/** Three crates that share their version and every requirement. */
const shared = (version: string): Files => ({
  'Cargo.toml': [
    `[workspace]\nmembers = ["*"]\n\n[workspace.package]\nversion = "${version}"\n`,
    '[workspace.dependencies]',
    ...['a', 'b', 'c'].map((name) => `${name} = { path = "${name}", version = "=${version}" }`),
    '',
  ].join('\n'),
  'Cargo.lock': [
    'version = 4\n',
    ...['a', 'b', 'c'].map((name) => `[[package]]\nname = "${name}"\nversion = "${version}"\n`),
  ].join('\n'),
  'a/Cargo.toml': crate('a', []),
  'b/Cargo.toml': crate('b', ['a']),
  'c/Cargo.toml': crate('c', ['a', 'b']),
});

const to = (version: string, ...needs: readonly string[]): ManifestChange => ({
  version,
  requirements: needs.map((name) => ({ name, version, policy: 'violated' })),
});

describe('planning a release', () => {
  it('edits once what all members share', () => {
    const { 'Cargo.toml': root, 'Cargo.lock': lock } = shared('2.0.0');
    const asked = {
      'a/Cargo.toml': to('2.0.0'),
      'b/Cargo.toml': to('2.0.0', 'a'),
      'c/Cargo.toml': to('2.0.0', 'a', 'b'),
    };
    expect(changed(shared('1.2.0'), asked)).toEqual({ 'Cargo.toml': root, 'Cargo.lock': lock });
  });

  it('gives a member that asks for nothing what the others make of the root', () => {
    const asked = { 'a/Cargo.toml': to('1.2.1'), 'c/Cargo.toml': {} };
    expect(changed(shared('1.2.0'), asked)['Cargo.toml']).toContain('a", version = "=1.2.1"');
  });

  it('refuses two versions for what is one (FORGE-M010)', () => {
    const asked = { 'a/Cargo.toml': to('1.2.1'), 'b/Cargo.toml': to('1.3.0') };
    expect(() => changed(shared('1.2.0'), asked)).toThrow(
      expect.objectContaining({ code: 'FORGE-M010' }),
    );
  });

  it('marks the requirement that it refuses to change', () => {
    const text = '[package]\nname = "app"\nversion = "1.2.0"\n[dependencies]\ncore = ">2"\n';
    const asked = { 'Cargo.toml': { requirements: to('1.3.0', 'core').requirements ?? [] } };
    expect(() => changed({ 'Cargo.toml': text }, asked)).toThrow(
      expect.objectContaining({
        code: 'FORGE-V004',
        where: { file: 'Cargo.toml', line: 5, column: 8, length: 4 },
        frame: expect.stringContaining('^^^^'),
      }),
    );
  });
});

describe('the meaning of a manifest', () => {
  const edited = cases.flatMap(({ ecosystem, folder, before, changed: after }) =>
    Object.entries(ecosystem === cargo ? after : {})
      .filter(([file]) => file.endsWith('.toml'))
      .map(([file, bytes]) => ({ folder, file, texts: [`${before[file]}`, `${bytes}`] })),
  );

  it.each(edited)('differs in texts alone: $folder $file', ({ file, texts }) => {
    const [before, after] = texts.map((text) => valueOf(parseToml(sourceOf(file, text))));
    const places = differences(before, after);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) expect(place).toMatch(/(version|core|shared)$/);
  });
});

/** Paths of the strings that differ; anything else that differs is named with a `!`. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (before === after) return [];
  if (typeof before === 'string' && typeof after === 'string') return [path];
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after)
    return [`${path}!`];
  const keys = Object.keys(before);
  if (keys.join('\0') !== Object.keys(after).join('\0')) return [`${path}!`];
  return keys.flatMap((key) =>
    differences(
      (before as Record<string, unknown>)[key],
      (after as Record<string, unknown>)[key],
      path === '' ? key : `${path}.${key}`,
    ),
  );
}
