import { posix } from 'node:path';
import { fail, ok, type Result } from '@forge/ecosystems';
import { copyFiles, linkDirectories } from '../effects/files';
import { indexFiles } from '../effects/git-write';
import { createScratch, type Scratch } from '../effects/scratch';
import { edgesBySource } from '../graph/edges';
import type { PackageNode } from '../graph/model';
import type { Workspace } from '../effects/open-workspace';
import { publishableFiles, shippedSources, type PublishableFiles } from './publishable-files';

interface Export {
  readonly root: string;
  readonly problems: PublishableFiles['problems'];
}

/** A copy of the workspace in publishable form, outside the workspace, where tools may build. */
export interface WorkspaceExport {
  /** Absolute root of the export that suits this package; the problems of one that has no publishable form. */
  rootFor(node: PackageNode): Promise<Result<string>>;
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
  let opened: Scratch | undefined;
  const scratch = (): Scratch => (opened ??= createScratch('package'));
  const exports = new Map<string, Promise<Export>>();
  const { model, reader } = workspace;
  const edges = edgesBySource(model);

  async function exportTo(name: string, shipper?: PackageNode): Promise<Export> {
    const root = scratch().path(name);
    await copyFiles(workspace.source ?? workspace.root, root, workspace.files);
    const { files, problems } = publishableFiles(model.packages, edges, reader, shipper);
    for (const [file, bytes] of files) scratch().write(`${root}/${file}`, bytes);
    const installed = installedDirectories(model);
    await indexFiles(root, installed);
    linkDirectories(workspace.root, root, installed);
    return { root, problems };
  }

  function exportFor(node: PackageNode, isShipper: boolean): Promise<Export> {
    const key = isShipper ? node.manifest.file : '';
    const name = isShipper ? `export-${exports.size + 1}` : 'export';
    const known = exports.get(key) ?? exportTo(name, isShipper ? node : undefined);
    exports.set(key, known);
    return known;
  }

  return {
    async rootFor(node) {
      const shipped = shippedSources(node, edges);
      const { root, problems } = await exportFor(node, shipped.length > 0);
      const own = [node, ...shipped].flatMap((each) => problems.get(each) ?? []);
      return own.length > 0 ? fail(...own) : ok(root);
    },
    workDirFor: (node) => scratch().directory('work', node.ecosystem.id),
    dispose: () => opened?.dispose(),
  };
}

/** Where tools look for installed dependencies: they are no part of an artifact, but builds need them. */
function installedDirectories({ packages }: Workspace['model']): string[] {
  const directories = packages.flatMap(({ ecosystem, root }) =>
    (ecosystem.linkedDirectories ?? []).flatMap((name) => [name, posix.join(root, name)]),
  );
  return [...new Set(directories)];
}
