import { edgesBySource, type EdgesBySource } from '../graph/edges';
import type { PackageNode } from '../graph/model';
import { loadFiles } from '../graph/testing/memory-workspace';
import { localDependencies } from './local-dependencies';

function crate(name: string, needs: readonly string[] = [], table = 'dependencies') {
  const lines = needs.map((need) => `${need} = { path = "../${need}", version = "1" }\n`).join('');
  return {
    [`${name}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "1.0.0"\n\n[${table}]\n${lines}`,
  };
}

function needs(start: string, files: Record<string, string>): string[] {
  const model = loadFiles(files);
  const node = model.packages.find(({ manifest }) => manifest.name === start) as PackageNode;
  return localDependencies(node, edgesBySource(model)).map(({ name }) => name);
}

describe('what a package needs of its own workspace', () => {
  it.each([
    ['a line', { ...crate('a', ['b']), ...crate('b', ['c']), ...crate('c') }, ['c', 'b']],
    [
      'a diamond, each once',
      { ...crate('a', ['b', 'c']), ...crate('b', ['d']), ...crate('c', ['d']), ...crate('d') },
      ['d', 'b', 'c'],
    ],
    ['a circle, itself left out', { ...crate('a', ['b']), ...crate('b', ['a']) }, ['b']],
    ['nothing for development', { ...crate('a', ['b'], 'dev-dependencies'), ...crate('b') }, []],
  ])('comes dependencies first: %s', (_, files, expected) => {
    expect(needs('a', files)).toEqual(expected);
  });

  it('may be a chain of many thousands', () => {
    const [node] = loadFiles(crate('a')).packages as [PackageNode];
    const chain = Array.from({ length: 20_000 }, () => ({ ...node }));
    const edges: EdgesBySource = new Map(
      chain.map((from, at) => [
        from,
        chain.slice(at + 1, at + 2).map((to) => ({ from, to, kind: 'runtime', via: '' }) as const),
      ]),
    );
    expect(localDependencies(chain[0] as PackageNode, edges)).toHaveLength(chain.length - 1);
  });
});
