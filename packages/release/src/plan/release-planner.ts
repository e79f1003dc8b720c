import {
  all,
  fail,
  ForgeError,
  ok,
  planChange,
  type ManifestChange,
  type Reader,
  type RequirementPolicy,
  type Result,
} from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import { assemblePlan } from './assemble-plan';
import { EditedFiles, goneError } from './edited-files';
import { versionedPackages } from './versioned-packages';
import type { ReleasePlan } from './release-plan';

/** A version that a package gets: the release's canonical string and the package's own spelling of it. */
export interface Target {
  readonly canonical: string;
  readonly native: string;
}

/**
 * Collects versions project by project and keeps the edits that follow from them. Every content is made
 * from the original files and all versions known so far, so that the order of calls and repeated calls
 * make no difference: Nx may version one project twice, and a dependent before its dependency.
 */
export interface ReleasePlanner {
  readonly model: WorkspaceModel;
  /**
   * New contents of all files that this version changes, dependents' manifests included. Empty when the
   * project has that version already, as the others of a workspace do that all inherit one.
   */
  setVersion(project: string, canonical: string): Result<ReadonlyMap<string, Uint8Array>>;
  targetOf(node: PackageNode): Target | undefined;
  /** The canonical version that a package gets at least, because others share its version place and got it. */
  floorOf(node: PackageNode): string | undefined;
  /** FORGE-G002 when the packages cannot be put in order. */
  plan(): Result<ReleasePlan>;
}

/** `reader` must go on showing the files as they were before the release. */
export function createReleasePlanner(
  model: WorkspaceModel,
  reader: Reader,
  policy: RequirementPolicy = 'violated',
): ReleasePlanner {
  const targets = new Map<PackageNode, Target>();
  const edited = new EditedFiles(reader);
  /** The version that all packages of a place were given last. */
  const settled = new Map<string, string>();
  const { edgesFrom, edgesTo, packagesOf, sharing } = indexOf(model);

  function replan(node: PackageNode): Result<readonly string[]> {
    const { manifest, ecosystem } = node;
    const source = reader.read(manifest.file);
    if (!source) return fail(goneError(manifest.file));
    const change = changeOf(node, targets, edgesFrom(node), policy);
    const edits = planChange(ecosystem, source, change, reader);
    return edits.ok ? edited.set(manifest.file, edits.value) : edits;
  }

  /** True when the target changes. Packages that share a version place move together: the highest version wins. */
  function raise(node: PackageNode, target: Target): boolean {
    const known = targets.get(node);
    const { compare } = node.ecosystem.versions;
    if (known?.native === target.native) return false;
    if (known && sharing(node).length > 1 && compare(known.native, target.native) > 0) return false;
    targets.set(node, target);
    return true;
  }

  /** New contents of everything that follows from new targets. */
  function replanAround(moved: readonly PackageNode[]): Result<ReadonlyMap<string, Uint8Array>> {
    const dependents = moved
      .flatMap((node) => edgesTo(node))
      .filter(({ dependency }) => dependency);
    const affected = new Set([...moved, ...dependents.map(({ from }) => from)]);
    const touched = all([...affected].map(replan));
    if (!touched.ok) return touched;
    return edited.contents(new Set(touched.value.flat()));
  }

  return {
    model,
    targetOf: (node) => targets.get(node),
    floorOf: (node) => (sharing(node).length > 1 ? targets.get(node)?.canonical : undefined),
    setVersion(project, canonical) {
      const asked = versionedPackages(packagesOf(project));
      const open = asked.filter((node) => settled.get(versionPlace(node)) !== canonical);
      const own = [...new Set(open.flatMap(sharing))];
      const spelled = all(own.map((node) => spell(node, canonical)));
      if (!spelled.ok) return spelled;
      const moved = own.filter((node, index) => raise(node, spelled.value[index] as Target));
      const contents = replanAround(moved);
      if (contents.ok) for (const node of open) settled.set(versionPlace(node), canonical);
      return contents;
    },
    plan: () => assemblePlan(model, targets, edited.edits(), reader),
  };
}

/** What is asked of the model again and again, looked up once. */
function indexOf({ edges, packages }: WorkspaceModel) {
  const from = groupBy(edges, (edge) => edge.from);
  const to = groupBy(edges, (edge) => edge.to);
  const byProject = groupBy(packages, (node) => node.project);
  const byPlace = groupBy(packages, versionPlace);
  return {
    edgesFrom: (node: PackageNode): readonly LocalEdge[] => from.get(node) ?? [],
    edgesTo: (node: PackageNode): readonly LocalEdge[] => to.get(node) ?? [],
    packagesOf: (project: string): readonly PackageNode[] => byProject.get(project) ?? [],
    /** All packages whose version is written at the same place, this one included. */
    sharing: (node: PackageNode): readonly PackageNode[] => byPlace.get(versionPlace(node)) ?? [],
  };
}

/** Where the version of a package is written: members of a workspace often inherit one literal. */
function versionPlace({ manifest: { version } }: PackageNode): string {
  return `${version.file}\0${version.via}`;
}

function changeOf(
  node: PackageNode,
  targets: ReadonlyMap<PackageNode, Target>,
  edges: readonly LocalEdge[],
  policy: RequirementPolicy,
): ManifestChange {
  const own = targets.get(node);
  const versions = new Map<string, string>();
  for (const { to, dependency } of edges) {
    const target = targets.get(to);
    if (dependency && target) versions.set(dependency.name, target.native);
  }
  return {
    ...(own ? { version: own.native } : {}),
    requirements: [...versions].map(([name, version]) => ({ name, version, policy })),
  };
}

/** FORGE-V002 for what the ecosystem cannot spell, FORGE-V005 for a version that would go down. */
function spell(node: PackageNode, canonical: string): Result<Target> {
  const { ecosystem, manifest } = node;
  const translated = ecosystem.versions.toNative(canonical);
  const native =
    translated.ok || !ecosystem.versions.isValid(canonical) ? translated : ok(canonical);
  if (!native.ok) return native;
  const current = manifest.version.value;
  if (current !== null && ecosystem.versions.compare(native.value, current) < 0)
    return fail(
      new ForgeError('FORGE-V005', {
        what: `\`${manifest.name}\` is at \`${current}\` and would go down to \`${native.value}\``,
        where: { file: manifest.version.file },
      }),
    );
  return ok({ canonical, native: native.value });
}
