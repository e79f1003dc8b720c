import type { ProjectGraph, ProjectGraphDependency, Tree } from '@nx/devkit';
import { VersionActions } from 'nx/release';
import { ForgeError, type Result } from '@forge/ecosystems';
import type { PackageNode, ProjectModel } from '../graph/model';
import { versionedPackages } from '../plan/versioned-packages';
import { nextVersion } from './next-version';
import { highestInRegistry } from './registry-version';
import { otherPublisher } from './other-publisher';
import { printPlan } from './print-plan';
import { sessionAt, sessionOf, type VersionSession } from './version-session';

/**
 * What `nx release version` asks of a project, for every ecosystem alike. Nx hands a canonical string;
 * each package spells it natively. Writes are idempotent and made from the original files, because Nx may
 * version one project twice (a bump as a dependent first, its own specifier later).
 */
export default class ForgeVersionActions extends VersionActions {
  /** Base names of this project's manifests, from the workspace model; Nx wants at least one. */
  validManifestFilenames: string[] | null = null;
  override excludeManifestsFromFormatting = true;
  private session!: VersionSession;

  /** Nx's own `init` knows fixed manifest names only; ours come from the workspace model. */
  override async init(tree: Tree): Promise<void> {
    this.session = await sessionOf(tree);
    const { packages, broken } = this.project();
    const manifests = [...packages.map(({ manifest }) => manifest), ...broken];
    const names = manifests.map(({ file }) => file.split('/').at(-1) ?? '');
    this.validManifestFilenames = names.length > 0 ? names : ['project.json'];
    const files = packages.flatMap((node) => [
      node.manifest.file,
      ...this.dependentManifests(node),
    ]);
    this.manifestsToUpdate = [...new Set(files)].map((manifestPath) => ({
      manifestPath,
      preserveLocalDependencyProtocols:
        this.finalConfigForProject.preserveLocalDependencyProtocols ?? true,
    }));
  }

  /**
   * The last hook before anything is written: a project with a manifest that cannot be read, or with a package
   * that nobody could install, stops here. Nx asks all projects before it looks at an answer and shows only the
   * first refusal, so that each one names the problems of all.
   */
  override async validate(): Promise<void> {
    const problems = this.problems();
    this.session.problems.push(...problems);
    await Promise.resolve();
    if (problems.length > 0) throwIfAny(this.session.problems);
    const warning = otherPublisher(this.project(), this.projectGraphNode.data.targets);
    if (warning) console.warn(warning.render());
  }

  override async calculateNewVersion(
    currentVersion: string | null,
    newVersionInput: string,
    newVersionInputReason: string,
    _newVersionInputReasonData: Record<string, unknown>,
    preid: string,
  ): Promise<{ newVersion: string; logText: string }> {
    const primary = this.primary();
    const own = valueOf(
      nextVersion(primary, currentVersion, newVersionInput, {
        preid,
        adjustForZeroMajor: this.finalConfigForProject.adjustSemverBumpsForZeroMajorVersion ?? true,
      }),
    );
    const newVersion = higherOf(primary, own, this.session.planner.floorOf(primary));
    const reason = newVersionInputReason.toLowerCase().replaceAll('_', ' ');
    return {
      newVersion,
      logText: `Applied \`${newVersionInput}\` (${reason}) to get ${newVersion}`,
    };
  }

  /**
   * Canonical where SemVer can say it, so that Nx can compare; the native spelling otherwise. Nx asks before it
   * validates, and hides what is thrown or missing here behind advice of its own: a project that `validate` will
   * refuse gets some version until then.
   */
  override async readCurrentVersionFromSourceManifest(): Promise<{
    currentVersion: string;
    manifestPath: string;
  } | null> {
    if (this.problems().length > 0)
      return { currentVersion: '0.0.0', manifestPath: this.projectGraphNode.data.root };
    const { manifest, ecosystem } = this.primary();
    if (manifest.version.value === null) return null;
    const canonical = ecosystem.versions.toCanonical(manifest.version.value);
    return {
      currentVersion: canonical.ok ? canonical.value : manifest.version.value,
      manifestPath: manifest.version.file,
    };
  }

  override async readCurrentVersionFromRegistry(): Promise<{
    currentVersion: string | null;
    logText: string;
  } | null> {
    return highestInRegistry(this.primary(), this.session.options);
  }

  /** Dev dependencies do not make a release of their dependents; their requirements are rewritten all the same. */
  override async readDependencies(
    _tree: Tree,
    graph: ProjectGraph,
  ): Promise<ProjectGraphDependency[]> {
    const needed = new Set(
      this.project()
        .packages.flatMap((node) => this.session.edgesFrom(node))
        .filter(({ kind }) => kind !== 'dev')
        .map(({ to }) => to.project),
    );
    const known = graph.dependencies[this.projectGraphNode.name] ?? [];
    return known.filter(({ target, type }) => type !== 'implicit' && needed.has(target));
  }

  /** Never null for a dependency that stands in a manifest: Nx skips those that look version-less. */
  override async readCurrentVersionOfDependency(
    _tree: Tree,
    _graph: ProjectGraph,
    dependencyProjectName: string,
  ): Promise<{ currentVersion: string | null; dependencyCollection: string | null }> {
    const edge = this.project()
      .packages.flatMap((node) => this.session.edgesFrom(node))
      .find(({ to }) => to.project === dependencyProjectName);
    if (!edge) return { currentVersion: null, dependencyCollection: null };
    return { currentVersion: edge.dependency?.requirement ?? '*', dependencyCollection: edge.via };
  }

  override async updateProjectVersion(tree: Tree, newVersion: string): Promise<string[]> {
    const files = valueOf(this.session.planner.setVersion(this.project().name, newVersion));
    for (const [file, bytes] of files) tree.write(file, Buffer.from(bytes));
    return versionedPackages(this.project().packages).map(
      (node) =>
        `${node.ecosystem.title}: ${node.manifest.name} ${this.session.planner.targetOf(node)?.native} in ${node.manifest.version.file}`,
    );
  }

  /**
   * Requirements were rewritten when the dependency got its version: in every manifest that names it,
   * released or not, since a workspace with a stale pin no longer resolves. Nothing is left to write here.
   */
  override async updateProjectDependencies(): Promise<string[]> {
    return [];
  }

  private problems(): readonly ForgeError[] {
    const { broken, packages } = this.project();
    if (packages.length + broken.length === 0) return [this.noPackage()];
    return [
      ...broken.flatMap((each) => each.problems),
      ...versionedPackages(packages).flatMap((node) => this.session.problemsOf(node)),
    ];
  }

  private noPackage(): ForgeError {
    const what = `\`${this.projectGraphNode.name}\` holds no package`;
    return new ForgeError('FORGE-G003', { what });
  }

  private project(): ProjectModel {
    const { root } = this.projectGraphNode.data;
    return (
      this.session.planner.model.projects.get(root || '.') ?? {
        name: this.projectGraphNode.name,
        root,
        packages: [],
        broken: [],
      }
    );
  }

  /** The package whose version speaks for the project. */
  private primary(): PackageNode {
    const [first] = versionedPackages(this.project().packages);
    if (!first) throw this.noPackage();
    return first;
  }

  private dependentManifests(node: PackageNode): string[] {
    return this.session.edgesTo(node).map(({ from }) => from.manifest.file);
  }
}

/** A package that inherits its version goes where the others went that share it, if that is higher. */
function higherOf({ ecosystem }: PackageNode, own: string, floor: string | undefined): string {
  if (floor === undefined) return own;
  const [a, b] = [own, floor].map((version) => ecosystem.versions.toNative(version));
  return a?.ok && b?.ok && ecosystem.versions.compare(b.value, a.value) > 0 ? floor : own;
}

/** Nx calls this once, after every project is versioned; the plan is then complete and is printed. */
export async function afterAllProjectsVersioned(
  cwd: string,
  { dryRun }: { dryRun?: boolean },
): Promise<{ changedFiles: string[]; deletedFiles: string[] }> {
  const session = await sessionAt(cwd);
  if (session) printPlan(valueOf(session.planner.plan()), { dryRun: dryRun ?? false });
  return { changedFiles: [], deletedFiles: [] };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throwIfAny(result.problems);
  return (result as Extract<Result<T>, { ok: true }>).value;
}

/** Nx shows only the message of one error: all problems go into it, rendered. */
function throwIfAny(problems: readonly ForgeError[]): void {
  if (problems.length > 0)
    throw new Error(problems.map((problem) => problem.render()).join('\n\n'));
}
