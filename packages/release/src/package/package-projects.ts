import type { ForgeError } from '@forge/ecosystems';
import { fail, type Artifact, type Manifest, type Result } from '@forge/ecosystems';
import { clearArtifacts, packageDirectory, writeRecord } from '../effects/artifact-store';
import { filesBelow } from '../effects/package-files';
import { findProgram } from '../effects/programs';
import type { Workspace } from '../effects/open-workspace';
import type { World } from '../effects/world';
import type { PackageNode, ProjectModel, WorkspaceModel } from '../graph/model';
import { missingTools, programsFor } from '../preflight/tools';
import type { PackedPackage } from '../plan/artifact-record';
import { buildPackage } from './build-package';
import { createWorkspaceExport, type WorkspaceExport } from './workspace-export';

export interface PackagedProject {
  readonly project: ProjectModel;
  readonly packed: readonly PackedPackage[];
  readonly problems: readonly ForgeError[];
}

/**
 * Builds the artifacts of projects from one export of the workspace. Ecosystems work side by side, the
 * packages of one ecosystem in turn, since its tool shares caches and locks between them.
 */
export async function packageProjects(
  workspace: Workspace,
  projects: readonly ProjectModel[],
  world: World,
  onDone: (result: PackagedProject) => void = () => undefined,
): Promise<readonly PackagedProject[]> {
  const exported = createWorkspaceExport(workspace);
  const queues = new Map<string, Promise<unknown>>();
  const inTurn = <T>(ecosystem: string, work: () => Promise<T>): Promise<T> => {
    const turn = (queues.get(ecosystem) ?? Promise.resolve()).then(work);
    queues.set(
      ecosystem,
      turn.catch(() => undefined),
    );
    return turn;
  };
  try {
    return await Promise.all(
      projects.map(async (project) => {
        const result = await packageProject(workspace, project, world, exported, inTurn);
        onDone(result);
        return result;
      }),
    );
  } finally {
    exported.dispose();
  }
}

async function packageProject(
  workspace: Workspace,
  project: ProjectModel,
  world: World,
  exported: WorkspaceExport,
  inTurn: <T>(ecosystem: string, work: () => Promise<T>) => Promise<T>,
): Promise<PackagedProject> {
  const nodes = project.packages.filter(({ role }) => role === 'published');
  const problems: ForgeError[] = project.broken.flatMap((each) => each.problems);
  clearArtifacts(workspace.root, project.name);
  const packed: PackedPackage[] = [];
  for (const node of nodes) {
    const built = await inTurn(node.ecosystem.id, () =>
      packageNode(workspace, node, world, exported),
    );
    if (built.ok) packed.push(packedPackage(node, built.value));
    else problems.push(...built.problems);
  }
  if (problems.length === 0)
    writeRecord(workspace.root, { formatVersion: 1, project: project.name, packages: packed });
  return { project, packed, problems };
}

async function packageNode(
  workspace: Workspace,
  node: PackageNode,
  world: World,
  exported: WorkspaceExport,
): Promise<Result<readonly Artifact[]>> {
  const { ecosystem, manifest } = node;
  const needs = ecosystem.tool.needs(manifest).package;
  const missing = missingTools(needs, [node]);
  if (missing.length > 0) return fail(...missing);
  const exportRoot = await exported.rootFor(node);
  const context = {
    manifest,
    exportRoot,
    files: filesBelow(exportRoot),
    outDir: packageDirectory(workspace.root, node.project, ecosystem.id),
    workDir: exported.workDirFor(node),
    localDependencies: localDependencies(workspace.model, node),
    programs: programsFor(needs, findProgram),
  };
  return buildPackage(node, context, world);
}

/** Manifests of the same ecosystem that a package needs, transitively, dependencies first. */
export function localDependencies(model: WorkspaceModel, node: PackageNode): readonly Manifest[] {
  const found = new Set<PackageNode>();
  const visit = (from: PackageNode, path: readonly PackageNode[]): void => {
    for (const edge of model.edges) {
      if (edge.from !== from || edge.kind === 'dev' || path.includes(edge.to)) continue;
      if (edge.to.ecosystem !== node.ecosystem || found.has(edge.to)) continue;
      visit(edge.to, [...path, edge.to]);
      found.add(edge.to);
    }
  };
  visit(node, [node]);
  found.delete(node);
  return [...found].map(({ manifest }) => manifest);
}

function packedPackage(node: PackageNode, artifacts: readonly Artifact[]): PackedPackage {
  return {
    ecosystem: node.ecosystem.id,
    name: node.manifest.name,
    version: node.manifest.version.value ?? '',
    artifacts: artifacts.map(({ filename, size, sha256 }) => ({ filename, size, sha256 })),
  };
}
