import type { RawProjectGraphDependency } from '@nx/devkit';
import type { WorkspaceModel } from './model';

/**
 * The local edges between projects, once per pair and manifest. `nameAt` gives the name that the project at a
 * root has in Nx, which another plugin may have changed; what is no project there has no edge.
 */
export function projectDependencies(
  model: WorkspaceModel,
  nameAt: (root: string) => string | undefined,
): RawProjectGraphDependency[] {
  const edges = new Map<string, RawProjectGraphDependency>();
  for (const { from, to } of model.edges) {
    const source = nameAt(from.root);
    const target = nameAt(to.root);
    if (source === undefined || target === undefined || source === target) continue;
    const sourceFile = from.manifest.file;
    // The value of DependencyType.static; the enum itself would load all of the devkit.
    const type = 'static' as RawProjectGraphDependency['type'];
    edges.set(`${sourceFile}\0${target}`, {
      source,
      target,
      sourceFile,
      type,
    } as RawProjectGraphDependency);
  }
  return [...edges.values()];
}
