import {
  all,
  changeManifest,
  fail,
  ForgeError,
  ok,
  splice,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementPolicy,
  type Result,
} from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import { assemblePlan } from './assemble-plan';
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
  /** New contents of all files that this version touches, dependents' manifests included. */
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
  const editsByManifest = new Map<string, readonly Edit[]>();
  const manifestsByFile = new Map<string, Set<string>>();
  const outgoing = groupBy(model.edges, (edge) => edge.from);
  const incoming = groupBy(model.edges, (edge) => edge.to);
  const byProject = groupBy(model.packages, (node) => node.project);
  const byPlace = groupBy(model.packages, versionPlace);

  function replan(node: PackageNode): Result<readonly string[]> {
    const { manifest, ecosystem } = node;
    const source = reader.read(manifest.file);
    if (!source) return fail(goneError(manifest.file));
    const change = changeOf(node, targets, outgoing.get(node) ?? [], policy);
    const changed = changeManifest(ecosystem, source, change, reader);
    if (!changed.ok) return changed;
    const before = editsByManifest.get(manifest.file) ?? [];
    editsByManifest.set(manifest.file, changed.value.edits);
    const touched = new Set([...before, ...changed.value.edits].map(({ file }) => file));
    for (const file of touched) {
      const manifests = manifestsByFile.get(file) ?? new Set<string>();
      manifestsByFile.set(file, manifests.add(manifest.file));
    }
    return ok([...touched]);
  }

  function contentOf(file: string): Result<readonly [string, Uint8Array]> {
    const source = reader.read(file);
    if (!source) return fail(goneError(file));
    const edits = [...(manifestsByFile.get(file) ?? [])].flatMap(
      (each) => editsByManifest.get(each) ?? [],
    );
    const bytes = splice(source, edits);
    return bytes.ok ? ok([file, bytes.value] as const) : bytes;
  }

  /** Packages that share a version place can only move together: there the highest version wins. */
  function raise(node: PackageNode, target: Target): void {
    const known = targets.get(node);
    const shared = (byPlace.get(versionPlace(node))?.length ?? 0) > 1;
    const { compare } = node.ecosystem.versions;
    if (known && shared && compare(known.native, target.native) > 0) return;
    targets.set(node, target);
  }

  return {
    model,
    targetOf: (node) => targets.get(node),
    floorOf: (node) =>
      (byPlace.get(versionPlace(node))?.length ?? 0) > 1 ? targets.get(node)?.canonical : undefined,
    setVersion(project, canonical) {
      const asked = versionedPackages(byProject.get(project) ?? []);
      const own = [...new Set(asked.flatMap((node) => byPlace.get(versionPlace(node)) ?? []))];
      const spelled = all(own.map((node) => spell(node, canonical)));
      if (!spelled.ok) return spelled;
      own.forEach((node, index) => raise(node, spelled.value[index] as Target));
      const dependents = own
        .flatMap((node) => incoming.get(node) ?? [])
        .filter(({ dependency }) => dependency);
      const affected = new Set([...own, ...dependents.map(({ from }) => from)]);
      const touched = all([...affected].map(replan));
      if (!touched.ok) return touched;
      const contents = all([...new Set(touched.value.flat())].map(contentOf));
      return contents.ok ? ok(new Map(contents.value)) : contents;
    },
    plan: () => assemblePlan(model, targets, [...editsByManifest.values()].flat(), reader),
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

function goneError(file: string): ForgeError {
  return new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } });
}
