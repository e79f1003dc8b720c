import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { needsCore, type GroupOptions } from '../configuration/group-options';
import type { ReleaseGroup } from '../configuration/release-group';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import { groupBy } from '../graph/group-by';
import type { ReleasePlanner } from '../plan/release-planner';
import { versionedPackages } from '../plan/versioned-packages';
import { higher, versionByScheme, type CoreVersion } from './schemes';

/** What somebody wants of a project. */
export interface VersionWish {
  /** Name in the model. */
  readonly project: string;
  readonly group?: ReleaseGroup;
  readonly options: GroupOptions;
  /** As Nx resolved it (a tag, the registry, the disk); the manifests' own versions count as well. */
  readonly current: string | null;
  readonly specifier: string;
  readonly preid: string;
  readonly adjustForZeroMajor: boolean;
}

/** Decides versions, for `nx release` and for the `version` executor alike. */
export interface VersionDecider {
  /** The canonical version of a project; of a whole group when that is fixed: the highest member counts. */
  decide(wish: VersionWish): Result<string>;
  /** The version of a group as it will be; FORGE-C008 when it is unknown or has several. */
  coreVersion(group: string): Result<CoreVersion>;
  /** FORGE-V008 for every project that went by a core version which moved later. */
  overtaken(): readonly ForgeError[];
}

export function createVersionDecider(
  planner: ReleasePlanner,
  groups: ReadonlyMap<string, ReleaseGroup>,
): VersionDecider {
  const { model } = planner;
  const packages = packagesByProject(model);
  const used = new Map<string, CoreVersion>();

  function coreVersion(name: string): Result<CoreVersion> {
    const projects = groups.get(name)?.projects;
    if (!projects) return fail(noCore(`the core group \`${name}\` is no release group`));
    const versions = projects.map((each) => planner.versionOf(each) ?? currentOf(packages(each)));
    const known = [...new Set(versions.filter((each) => each !== undefined))];
    const [version] = known;
    if (version === undefined) return fail(noCore(`the core group \`${name}\` has no version`));
    if (known.length === 1) return ok({ group: name, version });
    return fail(noCore(`the core group \`${name}\` has several versions: ${known.join(', ')}`));
  }

  return {
    coreVersion,
    decide({ project, group, options, current, ...rest }) {
      const members = group?.isFixed ? group.projects.flatMap(packages) : packages(project);
      const [node] = packages(project);
      if (!node) return fail(nothingToVersion(project));
      const { scheme } = options;
      const core = needsCore(scheme) && options.core ? coreVersion(options.core) : undefined;
      if (core && !core.ok) return core;
      if (core) used.set(project, core.value);
      return versionByScheme({
        ...rest,
        node,
        scheme,
        current: highestOf(node, members, current),
        ...(core ? { core: core.value } : {}),
      });
    },
    overtaken: () =>
      [...used].flatMap(([project, { group, version }]) => {
        const now = coreVersion(group);
        if (!now.ok) return now.problems;
        return now.value.version === version ? [] : [overtaken(project, group, now.value.version)];
      }),
  };
}

function packagesByProject(model: WorkspaceModel): (project: string) => readonly PackageNode[] {
  const byProject = groupBy(model.packages, ({ project }) => project);
  return (project) => versionedPackages(byProject.get(project) ?? []);
}

function highestOf(
  node: PackageNode,
  members: readonly PackageNode[],
  current: string | null,
): string | null {
  return members.reduce<string | null>((highest, member) => {
    const own = canonicalOf(member);
    if (own === undefined || own === highest) return highest;
    return highest === null ? own : higher(node, highest, own);
  }, current);
}

function currentOf(members: readonly PackageNode[]): string | undefined {
  const [node] = members;
  return (node && highestOf(node, members, null)) ?? undefined;
}

/** Canonical where SemVer can say it, else as it is written. */
function canonicalOf({ ecosystem, manifest: { version } }: PackageNode): string | undefined {
  if (version.value === null) return undefined;
  const canonical = ecosystem.versions.toCanonical(version.value);
  return canonical.ok ? canonical.value : version.value;
}

function noCore(what: string): ForgeError {
  const fix = 'name a fixed release group as `core`';
  return new ForgeError('FORGE-C008', { what, where: { file: 'nx.json' }, fix });
}

function nothingToVersion(project: string): ForgeError {
  return new ForgeError('FORGE-G003', { what: `\`${project}\` holds no package` });
}

function overtaken(project: string, group: string, version: string): ForgeError {
  return new ForgeError('FORGE-V008', {
    what: `\`${project}\` goes by the version of \`${group}\`, which was decided later and is \`${version}\` now`,
    where: { file: 'nx.json' },
    fix: `take the dependency of \`${group}\` on \`${project}\` out, or release \`${group}\` first: \`nx release --groups=${group}\``,
  });
}
