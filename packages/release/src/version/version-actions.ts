import type { ProjectGraph, ProjectGraphDependency, Tree } from '@nx/devkit';
import type { VersionActions } from 'nx/release';
import { fail, ok, problemsError, type ForgeError, type Result } from '@forge/ecosystems';
import { plainOptions } from '../configuration/group-options';
import type { LocalEdge, PackageNode, ProjectModel } from '../graph/model';
import { describeCause } from '../plan/causes';
import { spellNative } from '../plan/target';
import { versionedPackages } from '../plan/versioned-packages';
import { causeOf, isGiven } from './nx-causes';
import { uncomparable } from './nx-limits';
import type { NxProject } from './nx-run';
import { otherPublisher } from './other-publisher';
import { printRelease } from './print-release';
import { printPublishReport, publishProblems } from './publish-preflight';
import { groupProblems } from './group-problems';
import { noPackage, projectProblems, runProblems } from './project-problems';
import { coreRecord } from './core-record';
import { releasedNeeds } from './released-needs';
import { highestInRegistry } from './registry-version';
import { higher } from './schemes';
import { sessionAt, sessionOf, type VersionSession } from './version-session';

/**
 * What `nx release version` asks of a project, for every ecosystem alike. Nx hands a canonical string;
 * each package spells it natively. Versions are only remembered as they come, because Nx may version one project
 * twice (a bump as a dependent first, its own specifier later); everything is planned, proved and written together,
 * with the first question for requirements.
 */
export default class ForgeVersionActions implements VersionActions {
  /** Base names of this project's manifests, from the workspace model; Nx wants at least one. */
  validManifestFilenames: string[] | null = null;
  excludeManifestsFromFormatting = true;
  manifestsToUpdate: VersionActions['manifestsToUpdate'] = [];
  private session!: VersionSession;
  private needs: ReadonlyMap<string, LocalEdge> | undefined;
  private known: readonly ForgeError[] | undefined;

  /**
   * Nx 23.1 to 24.0 asks nobody for the class that it publishes to extend, all of whose methods stand here, and
   * loading it takes 90 modules with it: a tenth of a second of every command.
   */
  constructor(
    readonly releaseGroup: VersionActions['releaseGroup'],
    readonly projectGraphNode: VersionActions['projectGraphNode'],
    readonly finalConfigForProject: VersionActions['finalConfigForProject'],
  ) {}

  /** Nx's own `init` knows fixed manifest names only; ours come from the workspace model. */
  async init(tree: Tree): Promise<void> {
    this.session = await sessionOf(tree);
    this.session.run.join(this.joined());
    this.session.commitBumps.join(this.joined());
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
  async validate(): Promise<void> {
    const { session } = this;
    session.run.process(this.projectGraphNode.name);
    const isFirst = !session.isValidated;
    session.isValidated = true;
    const options = session.run.optionsOf(this.joined());
    const group = {
      name: this.releaseGroup.name,
      options: options.ok ? options.value : plainOptions,
    };
    const problems = [
      ...(isFirst ? runProblems(session) : []),
      ...this.problems(),
      ...(options.ok ? groupProblems(this.project(), group, session) : options.problems),
    ];
    session.problems.push(...problems);
    await Promise.resolve();
    if (problems.length > 0) throwIfAny(session.problems);
    await session.commitBumps.takeOver();
    const warning = otherPublisher(this.project(), this.projectGraphNode.data.targets);
    if (warning) console.warn(warning.render());
  }

  /** What cannot be had is told with everything else, before anything is written; Nx goes on until then. */
  async calculateNewVersion(
    currentVersion: string | null,
    newVersionInput: string,
    newVersionInputReason: string,
    newVersionInputReasonData: Record<string, unknown>,
    preid: string,
  ): Promise<{ newVersion: string; logText: string }> {
    const { session } = this;
    const { name } = this.project();
    const group = this.releaseGroup.name;
    session.isGiven ||= isGiven(newVersionInputReason);
    const asked = { input: newVersionInput, reason: newVersionInputReason };
    const commits = session.commitBumps.explain(this.joined(), asked, { currentVersion, preid });
    const cause =
      commits?.cause ??
      causeOf(newVersionInputReason, newVersionInput, newVersionInputReasonData, group);
    session.causes.set(name, cause);
    const decided = this.decide(currentVersion, commits?.input ?? newVersionInput, preid);
    if (!decided.ok) {
      session.writer.refuse(decided.problems);
      session.refused.add(this.releaseGroup.projectsRelationship === 'fixed' ? group : name);
    }
    const newVersion = decided.ok ? decided.value : (currentVersion ?? '0.0.0');
    if (!session.isGiven) throwIfAny(this.incomparable([currentVersion ?? newVersion, newVersion]));
    const why = describeCause(cause, []);
    // Nx may ask for the same project again, for its own sake: this is no version yet, and the plan shows what it is.
    return { newVersion, logText: cause.kind === 'dependency' ? why : `${newVersion}: ${why}` };
  }

  /**
   * Canonical where SemVer can say it, so that Nx can compare; the native spelling otherwise. Nx asks before it
   * validates, and hides what is thrown or missing here behind advice of its own: a project that `validate` will
   * refuse gets some version until then.
   */
  async readCurrentVersionFromSourceManifest(): Promise<{
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

  async readCurrentVersionFromRegistry(): Promise<{
    currentVersion: string | null;
    logText: string;
  } | null> {
    return highestInRegistry(this.primary(), this.session.live);
  }

  /**
   * What is compiled or shipped into the project counts as its own, and a group that goes by another one comes after
   * it. Dev dependencies do not make a release of their dependents; their requirements are rewritten all the same.
   */
  async readDependencies(_tree: Tree, graph: ProjectGraph): Promise<ProjectGraphDependency[]> {
    const { run } = this.session;
    run.see(graph);
    this.session.commitBumps.see(graph);
    const source = this.projectGraphNode.name;
    return releasedNeeds(this.session, this.project(), this.joined()).flatMap((project) => {
      const target = run.nxNameOf(project);
      return target === undefined ? [] : [{ source, target, type: 'static' }];
    });
  }

  /** Never null for a dependency that stands in a manifest: Nx skips those that look version-less. */
  async readCurrentVersionOfDependency(
    _tree: Tree,
    _graph: ProjectGraph,
    dependencyProjectName: string,
  ): Promise<{ currentVersion: string | null; dependencyCollection: string | null }> {
    const edge = this.edgesByNxName().get(dependencyProjectName);
    if (!edge) return { currentVersion: null, dependencyCollection: null };
    return { currentVersion: edge.dependency?.requirement ?? '*', dependencyCollection: edge.via };
  }

  /** Remembers the version; written is everything together. */
  async updateProjectVersion(tree: Tree, newVersion: string): Promise<string[]> {
    const { name, packages } = this.project();
    const { planner, writer, causes, refused, decider } = this.session;
    const group = this.releaseGroup.name;
    if (refused.has(name) || refused.has(group)) return [];
    const cause = causes.get(name) ?? { kind: 'member', group };
    const options = this.session.run.optionsOf(this.joined());
    const record = options.ok ? coreRecord(this.project(), options.value, decider) : undefined;
    planner.setVersion(name, newVersion, cause, record ? [record] : []);
    writer.touch();
    // Nx that asked for requirements before all versions were decided.
    if (writer.hasWritten) valueOf(writer.write(tree));
    if (cause.kind === 'dependency') return [];
    return versionedPackages(packages).map((node) => {
      const native = spellNative(node, newVersion);
      return `${node.ecosystem.title}: ${node.manifest.name} ${native.ok ? native.value : newVersion} in ${node.manifest.version.file}`;
    });
  }

  /**
   * Nx asks this of every project that it versioned, when all versions are decided. The first question writes the
   * whole release: own versions, requirements in every manifest that names a released package (a workspace with a
   * stale pin no longer resolves), lock entries, followers. It is in the tree then, and nothing is on the disk: the
   * last moment for what would stop the uploads.
   */
  async updateProjectDependencies(tree: Tree): Promise<string[]> {
    valueOf(this.session.writer.write(tree));
    throwIfAny(await publishProblems(this.session));
    return [];
  }

  private decide(currentVersion: string | null, specifier: string, preid: string): Result<string> {
    const { run, decider, planner } = this.session;
    const { name, packages } = this.project();
    const [primary] = versionedPackages(packages);
    const options = run.optionsOf(this.joined());
    if (!options.ok || !primary) return options.ok ? fail(noPackage(name)) : options;
    const group = run.groups.get(this.releaseGroup.name);
    const own = decider.decide({
      project: name,
      ...(group ? { group } : {}),
      options: options.value,
      current: currentVersion,
      specifier,
      preid,
      adjustForZeroMajor: this.finalConfigForProject.adjustSemverBumpsForZeroMajorVersion ?? true,
    });
    // A package that inherits its version goes where the others went that share it, if that is higher.
    const floor = planner.floorOf(primary);
    return own.ok && floor !== undefined ? ok(higher(primary, own.value, floor)) : own;
  }

  private incomparable(versions: readonly string[]): readonly ForgeError[] {
    const { run } = this.session;
    const problem = uncomparable(
      { project: this.projectGraphNode.name, versions },
      run.nxGroups,
      (project) => run.dependenciesOf(project),
    );
    return problem ? [problem] : [];
  }

  private edgesByNxName(): ReadonlyMap<string, LocalEdge> {
    if (this.needs) return this.needs;
    const needs = new Map<string, LocalEdge>();
    for (const edge of this.project().packages.flatMap((node) => this.session.edgesFrom(node))) {
      const name = this.session.run.nxNameOf(edge.to.project) ?? edge.to.project;
      if (!needs.has(name)) needs.set(name, edge);
    }
    this.needs = needs;
    return needs;
  }

  private problems(): readonly ForgeError[] {
    // Nx asks for the version first and has everything validated later.
    this.known ??= projectProblems(this.session, this.project());
    return this.known;
  }

  private joined(): NxProject {
    return {
      nxName: this.projectGraphNode.name,
      project: this.project().name,
      group: this.releaseGroup,
      configuration: this.finalConfigForProject,
    };
  }

  private project(): ProjectModel {
    const { root } = this.projectGraphNode.data;
    return (
      this.session.model.projects.get(root || '.') ?? {
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
    if (!first) throw noPackage(this.projectGraphNode.name);
    return first;
  }

  private dependentManifests(node: PackageNode): string[] {
    return this.session.edgesTo(node).map(({ from }) => from.manifest.file);
  }
}

/** Nx calls this once, after every project is versioned and everything is written: the plan says what was done. */
export async function afterAllProjectsVersioned(
  cwd: string,
  { dryRun }: { dryRun?: boolean },
): Promise<{ changedFiles: string[]; deletedFiles: string[] }> {
  const session = await sessionAt(cwd);
  session?.commitBumps.giveBack();
  const release = session?.writer.release;
  if (session && release) {
    await printRelease(release, { dryRun: dryRun ?? false });
    await printPublishReport(session);
  }
  return { changedFiles: [], deletedFiles: [] };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throwIfAny(result.problems);
  return (result as Extract<Result<T>, { ok: true }>).value;
}

/** Nx shows only the message of one error: all problems go into it, rendered. */
function throwIfAny(problems: readonly ForgeError[]): void {
  if (problems.length > 0) throw problemsError(problems);
}
