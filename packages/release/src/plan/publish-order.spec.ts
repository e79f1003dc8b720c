import { publishUpstream } from '../graph/order';
import { loadFiles } from '../graph/testing/memory-workspace';
import { publishWaves } from './publish-order';

function crate(
  name: string,
  needs: readonly string[] = [],
  table = 'dependencies',
): Record<string, string> {
  const lines = needs.map((need) => `${need} = { path = "../${need}", version = "1" }`).join('\n');
  return {
    [`${name}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "1.0.0"\n\n[${table}]\n${lines}\n`,
  };
}

function waves(files: Record<string, string>): readonly string[] | string {
  const model = loadFiles(files);
  const result = publishWaves(model.packages, publishUpstream(model));
  if (!result.ok) return result.problems.map(({ code, what }) => `${code} ${what}`);
  return result.value.map((wave) => wave.map(({ manifest }) => manifest.name).join(' '));
}

describe('the order of publishing', () => {
  it.each([
    ['no dependencies', { ...crate('a'), ...crate('b') }, ['a b']],
    ['a line', { ...crate('a', ['b']), ...crate('b', ['c']), ...crate('c') }, ['c', 'b', 'a']],
    [
      'a diamond',
      { ...crate('a', ['b', 'c']), ...crate('b', ['d']), ...crate('c', ['d']), ...crate('d') },
      ['d', 'b c', 'a'],
    ],
    [
      'a cycle of dev dependencies',
      { ...crate('a', ['b']), ...crate('b', ['a'], 'dev-dependencies') },
      ['b', 'a'],
    ],
  ])('puts dependencies first: %s', (_, files, expected) => {
    expect(waves(files)).toEqual(expected);
  });

  it('names a cycle by its path', () => {
    const result = waves({ ...crate('a', ['b']), ...crate('b', ['c']), ...crate('c', ['a']) });
    expect(result).toEqual([
      expect.stringMatching(/^FORGE-G002 .*(\w+:\w) → (\w+:\w) → (\w+:\w) → \1$/),
    ]);
  });
});
