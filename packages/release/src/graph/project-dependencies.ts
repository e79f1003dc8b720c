import type { RawProjectGraphDependency } from '@nx/devkit';
import { edgesBySource } from './edges';
import type { WorkspaceModel } from './model';

/**
 * The local edges between projects, once per pair and manifest. `nameAt` gives the name that the project at a
 * root has in Nx, which another plugin may have changed; what is no project there has no edge.
 */
export function projectDependencies(
  model: WorkspaceModel,
  nameAt: (root: string) => string | undefined,
): RawProjectGraphDependency[] {
  const dependencies: RawProjectGraphDependency[] = [];
  // The value of DependencyType.static; the enum itself would load all of the devkit.
  const type = 'static' as RawProjectGraphDependency['type'];
  for (const [from, edges] of edgesBySource(model)) {
    const source = nameAt(from.root);
    if (source === undefined) continue;
    const sourceFile = from.manifest.file;
    for (const root of new Set(edges.map(({ to }) => to.root))) {
      const target = root === from.root ? undefined : nameAt(root);
      if (target === undefined) continue;
      dependencies.push({ source, target, sourceFile, type } as RawProjectGraphDependency);
    }
  }
  return dependencies;
}
