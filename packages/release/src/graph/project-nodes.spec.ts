import { ecosystems } from '@forge/ecosystems';
import { projectNodes, type ProjectNodesContext } from './project-nodes';
import { loadFiles } from './testing/memory-workspace';

const model = loadFiles({
  'a/package.json': '{ "name": "a", "version": "1.0.0" }',
  'b/package.json': '{ "name": "b", "version": "1.0.0" }',
});
const targets = { package: 'package', publish: 'publish', version: 'version', check: 'check' };

/** What artifacts are made of, by project. */
function inputsOf(options: Partial<ProjectNodesContext>): Record<string, readonly unknown[]> {
  const context = { targets, nxInferred: new Map(), ecosystems, followers: [], ...options };
  return Object.fromEntries(
    projectNodes(model, context).flatMap(([, { projects = {} }]) =>
      Object.entries(projects).map(
        ([root, project]) => [root, project.targets?.['package']?.inputs ?? []] as const,
      ),
    ),
  );
}

/** Projects whose artifacts are packed anew when nx.json changes. */
function packedByOptions(options: Partial<ProjectNodesContext>): string[] {
  const inputs = Object.entries(inputsOf(options));
  return inputs.flatMap(([root, all]) => (all.includes('{workspaceRoot}/nx.json') ? [root] : []));
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
    const environment = { passEnv: [], env: { SQLX_OFFLINE: 'true' } };
    expect(packedByOptions({ environment })).toEqual(['a', 'b']);
  });

  it('is made again when a variable that its build sees has another value', () => {
    const environment = { passEnv: ['RUSTFLAGS'], env: {} };
    const artifacts = { 'b/package.json': { passEnv: ['CFLAGS'] } };
    const inputs = inputsOf({ environment, artifacts });
    expect(inputs['a']).toContainEqual({ env: 'RUSTFLAGS' });
    expect(inputs['a']).not.toContainEqual({ env: 'CFLAGS' });
    expect(inputs['b']).toEqual(expect.arrayContaining([{ env: 'RUSTFLAGS' }, { env: 'CFLAGS' }]));
  });
});
