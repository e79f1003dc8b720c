import { ecosystems } from '@forge/ecosystems';
import { projectNodes, type ProjectNodesContext } from './project-nodes';
import { loadFiles } from './testing/memory-workspace';

const model = loadFiles({
  'a/package.json': '{ "name": "a", "version": "1.0.0" }',
  'b/package.json': '{ "name": "b", "version": "1.0.0" }',
});
const targets = { package: 'package', publish: 'publish', version: 'version', check: 'check' };

/** Projects whose artifacts are packed anew when nx.json changes. */
function packedByOptions(options: Partial<ProjectNodesContext>): string[] {
  const context = { targets, nxInferred: new Map(), ecosystems, followers: [], ...options };
  return projectNodes(model, context).flatMap(([, { projects = {} }]) =>
    Object.entries(projects).flatMap(([root, project]) => {
      const inputs = project.targets?.['package']?.inputs ?? [];
      return inputs.includes('{workspaceRoot}/nx.json') ? [root] : [];
    }),
  );
}

describe('what was packed', () => {
  it('stands whatever the options are, where none is about artifacts', () => {
    expect(packedByOptions({})).toEqual([]);
    expect(packedByOptions({ artifacts: {}, verify: false })).toEqual([]);
  });

  it('is looked at again under other options for its artifacts', () => {
    expect(packedByOptions({ artifacts: { 'b/package.json': { allow: ['.env'] } } })).toEqual([
      'b',
    ]);
    expect(packedByOptions({ verify: true })).toEqual(['a', 'b']);
  });
});
