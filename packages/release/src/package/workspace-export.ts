import { posix } from 'node:path';
import { copyFiles, linkDirectories } from '../effects/files';
import { createScratch } from '../effects/scratch';
import type { PackageNode } from '../graph/model';
import type { Workspace } from '../effects/open-workspace';
import { publishableFiles } from './publishable-files';

/** A copy of the workspace in publishable form, outside the workspace, where tools may build. */
export interface WorkspaceExport {
  /** Absolute root of the export that suits this package. */
  rootFor(node: PackageNode): Promise<string>;
  /** Absolute private directory for a tool's homes, caches and build trees. */
  workDirFor(node: PackageNode): string;
  dispose(): void;
}

/**
 * Copies lazily: one export serves every package, but one that ships another package as source gets its
 * own, because what is right inside the shipped archive would break the workspace that surrounds it. The
 * export lies in the system's temporary directory: below the workspace, tools would find the workspace's
 * own root manifests by walking up.
 */
export function createWorkspaceExport(workspace: Workspace): WorkspaceExport {
  const scratch = createScratch('package');
  const exports = new Map<string, Promise<string>>();

  async function exportTo(name: string, shipper?: PackageNode): Promise<string> {
    const root = scratch.path(name);
    await copyFiles(workspace.root, root, workspace.files);
    for (const [file, bytes] of publishableFiles(workspace.model, workspace.reader, shipper))
      scratch.write(`${root}/${file}`, bytes);
    linkDirectories(workspace.root, root, installedDirectories(workspace.model));
    return root;
  }

  return {
    rootFor(node) {
      const shipper = shipsSource(workspace, node) ? node : undefined;
      const name = shipper ? `export-${exports.size + 1}` : 'export';
      const key = shipper ? shipper.manifest.file : '';
      const known = exports.get(key) ?? exportTo(name, shipper);
      exports.set(key, known);
      return known;
    },
    workDirFor: (node) => scratch.directory('work', node.ecosystem.id),
    dispose: () => scratch.dispose(),
  };
}

/** Where tools look for installed dependencies: they are no part of an artifact, but builds need them. */
function installedDirectories({ packages }: Workspace['model']): string[] {
  const directories = packages.flatMap(({ ecosystem, root }) =>
    (ecosystem.linkedDirectories ?? []).flatMap((name) => [name, posix.join(root, name)]),
  );
  return [...new Set(directories)];
}

function shipsSource({ model }: Workspace, node: PackageNode): boolean {
  return model.edges.some(({ from, embed }) => from === node && embed?.ships === 'source');
}
