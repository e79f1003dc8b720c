import type { RawProjectGraphDependency } from '@nx/devkit';
import type { PackageNode, WorkspaceModel } from './model';

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
  const seen = new Set<string>();
  let source: PackageNode | undefined;
  let name: string | undefined;
  // Edges stand together by the package that they start from.
  for (const { from, to } of model.edges) {
    if (from !== source) {
      seen.clear();
      name = nameAt(from.root);
      source = from;
    }
    if (name === undefined || to.root === from.root || seen.has(to.root)) continue;
    seen.add(to.root);
    const target = nameAt(to.root);
    if (target === undefined) continue;
    const sourceFile = from.manifest.file;
    dependencies.push({ source: name, target, sourceFile, type } as RawProjectGraphDependency);
  }
  return dependencies;
}
