import { components } from './components';
import { projectUpstream } from './order';
import { loadFiles } from './testing/memory-workspace';

const npm = (name: string, fields: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', ...fields });

const upstream = (files: Record<string, string>): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...projectUpstream(loadFiles(files))].map(([root, roots]) => [root, [...roots].sort()]),
  );

describe('what goes first', () => {
  it('follows runtime, optional and peer edges, never dev edges', () => {
    expect(
      upstream({
        'a/package.json': npm('a', {
          dependencies: { b: '1' },
          optionalDependencies: { c: '1' },
          peerDependencies: { d: '1' },
          devDependencies: { e: '1' },
        }),
        ...Object.fromEntries(
          ['b', 'c', 'd', 'e'].map((name) => [`${name}/package.json`, npm(name)]),
        ),
      }),
    ).toEqual({ a: ['b', 'c', 'd'], b: [], c: [], d: [], e: [] });
  });

  it('looks through packages that are not published', () => {
    expect(
      upstream({
        'a/package.json': npm('a', { dependencies: { b: '1' } }),
        'b/package.json': npm('b', { private: true, dependencies: { c: '1' } }),
        'c/package.json': npm('c'),
      }),
    ).toEqual({ a: ['c'], c: [] });
  });

  it('leaves a cycle without an order, and keeps the rest', () => {
    expect(
      upstream({
        'a/package.json': npm('a', { dependencies: { b: '1', c: '1' } }),
        'b/package.json': npm('b', { peerDependencies: { a: '1' } }),
        'c/package.json': npm('c'),
        'd/package.json': npm('d', { dependencies: { a: '1' } }),
      }),
    ).toEqual({ a: ['c'], b: [], c: [], d: ['a'] });
  });
});

describe('components', () => {
  it('does not overflow on a long chain', () => {
    const length = 100_000;
    const chain = new Map(Array.from({ length }, (_, at) => [at, at + 1 < length ? [at + 1] : []]));
    expect(new Set(components(chain).values()).size).toBe(length);
  });

  it('finds what reaches each other', () => {
    const graph = new Map([
      [1, [2]],
      [2, [3]],
      [3, [1, 4]],
      [4, [5]],
      [5, [4]],
      [6, [6, 1]],
    ]);
    const found = components(graph);
    const groups = [1, 2, 3, 4, 5, 6].map((node) => found.get(node));
    expect(groups.map((group) => groups.indexOf(group))).toEqual([0, 0, 0, 3, 3, 5]);
  });
});
