import {
  fail,
  problemsError,
  type Artifact,
  type ForgeError,
  type Result,
} from '@forge/ecosystems';
import type { ArtifactOptions } from '../configuration/artifact-options';
import { joinEnvironments, type BuildEnvironment } from '../configuration/build-environment';
import { clearArtifacts, packageDirectory, writeRecord } from '../effects/artifact-store';
import { filesBelow } from '../effects/package-files';
import { findProgram } from '../effects/programs';
import type { Workspace } from '../effects/open-workspace';
import type { World } from '../effects/world';
import { edgesBySource, type EdgesBySource } from '../graph/edges';
import type { PackageNode, ProjectModel } from '../graph/model';
import { missingTools, programsFor } from '../preflight/tools';
import type { PackedPackage } from '../plan/artifact-record';
import { isNoRoom } from '../plan/no-room';
import { missingFiles, strayArtifactOptions } from './artifact-set';
import { buildPackage, noRoom } from './build-package';
import { buildWorld } from './build-world';
import { localDependencies } from './local-dependencies';
import { shippedSources } from './publishable-files';
import { verifyPacked, type BuiltPackage } from './verify-packed';
import { createWorkspaceExport, type WorkspaceExport } from './workspace-export';

export interface PackagedProject {
  readonly project: ProjectModel;
  readonly packed: readonly PackedPackage[];
  readonly problems: readonly ForgeError[];
}

/** What all packages of one run share. */
interface Run {
  readonly workspace: Workspace;
  readonly edges: EdgesBySource;
  readonly exported: WorkspaceExport;
  readonly world: World;
  /** Everything that was built so far. */
  readonly built: BuiltPackage[];
  /** Runs the work after what was asked for this ecosystem before. */
  readonly inTurn: <T>(ecosystem: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * Builds the artifacts of projects from one export of the workspace. Ecosystems work side by side, the
 * packages of one ecosystem in turn, since its tool shares caches and locks between them. With the option `verify`
 * they are then built from what was packed.
 */
export async function packageProjects(
  workspace: Workspace,
  projects: readonly ProjectModel[],
  world: World,
  onDone: (result: PackagedProject) => void = () => undefined,
): Promise<readonly PackagedProject[]> {
  const stray = strayArtifactOptions(workspace.options.artifacts, workspace.model);
  if (stray.length > 0) throw problemsError(stray);
  const exported = createWorkspaceExport(workspace);
  const edges = edgesBySource(workspace.model);
  const run: Run = { workspace, edges, exported, world, built: [], inTurn: queues() };
  const { verify } = workspace.options;
  try {
    const packaged = await Promise.all(
      projects.map(async (project) => {
        const result = await packageProject(project, run);
        if (!verify) onDone(result);
        return result;
      }),
    );
    return verify ? await verified(packaged, run, onDone) : packaged;
  } finally {
    exported.dispose();
  }
}

function queues(): Run['inTurn'] {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work);
    last.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

async function packageProject(project: ProjectModel, run: Run): Promise<PackagedProject> {
  const { root } = run.workspace;
  const nodes = project.packages.filter(({ role }) => role === 'published');
  const problems: ForgeError[] = project.broken.flatMap((each) => each.problems);
  clearArtifacts(root, project.name);
  const packed: PackedPackage[] = [];
  for (const node of nodes) {
    const built = await run.inTurn(node.ecosystem.id, () =>
      packageNode(node, run).catch((error: unknown) => withoutRoom(node, error)),
    );
    if (built.ok) packed.push(packedPackage(node, built.value, optionsFor(node, run)));
    else problems.push(...built.problems);
  }
  if (problems.length === 0)
    writeRecord(root, { formatVersion: 1, project: project.name, packages: packed });
  return { project, packed, problems };
}

/** What does not build from its artifacts leaves none. */
async function verified(
  packaged: readonly PackagedProject[],
  { workspace, built, world }: Run,
  onDone: (result: PackagedProject) => void,
): Promise<readonly PackagedProject[]> {
  const problems = await verifyPacked(built, world);
  return packaged.map((each) => {
    const own = each.project.packages.flatMap(({ manifest }) => problems.get(manifest.file) ?? []);
    if (own.length > 0) clearArtifacts(workspace.root, each.project.name);
    const result = { ...each, problems: [...each.problems, ...own] };
    onDone(result);
    return result;
  });
}

/** What the copy that is built from has no room for, Node throws. */
function withoutRoom(node: PackageNode, error: unknown): Result<never> {
  if (!(error instanceof Error) || !isNoRoom(error.message)) throw error;
  return fail(noRoom(node, error.message));
}

async function packageNode(
  node: PackageNode,
  { workspace, edges, exported, world, built }: Run,
): Promise<Result<readonly Artifact[]>> {
  const { ecosystem, manifest } = node;
  const needs = ecosystem.tool.needs(manifest).package;
  const missing = missingTools(needs, [node]);
  if (missing.length > 0) return fail(...missing);
  const exportRoot = await exported.rootFor(node);
  if (!exportRoot.ok) return exportRoot;
  const context = {
    manifest,
    exportRoot: exportRoot.value,
    files: filesBelow(exportRoot.value),
    outDir: packageDirectory(workspace.root, node.project, ecosystem.id),
    workDir: exported.workDirFor(node),
    localDependencies: localDependencies(node, edges),
    programs: programsFor(needs, findProgram),
  };
  const environment = environmentOf(node, workspace);
  const artifacts = await buildPackage(node, context, buildWorld(world, environment), {
    shipped: shippedSources(node, edges),
    options: optionsFor(node, { workspace }),
  });
  if (artifacts.ok)
    built.push({ node, environment, context: { ...context, artifacts: artifacts.value } });
  return artifacts;
}

function optionsFor(
  { manifest }: PackageNode,
  { workspace }: Pick<Run, 'workspace'>,
): ArtifactOptions {
  return workspace.options.artifacts[manifest.file] ?? {};
}

function environmentOf(node: PackageNode, workspace: Workspace): BuildEnvironment {
  return joinEnvironments(workspace.options.environment, optionsFor(node, { workspace }));
}

function packedPackage(
  node: PackageNode,
  artifacts: readonly Artifact[],
  options: ArtifactOptions,
): PackedPackage {
  const without = missingFiles(
    artifacts.map(({ filename }) => filename),
    options,
  );
  return {
    ecosystem: node.ecosystem.id,
    name: node.manifest.name,
    version: node.manifest.version.value ?? '',
    artifacts: artifacts.map(({ filename, size, sha256 }) => ({ filename, size, sha256 })),
    ...(without.length > 0 && { without }),
  };
}
