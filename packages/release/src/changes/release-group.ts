import type { PackageNode, WorkspaceModel } from '../graph/model';
import { versionedPackages } from '../plan/versioned-packages';

/** A release group of Nx, as far as it matters for what is due. */
export interface ReleaseGroup {
  readonly name: string;
  /** True when all its projects get one version, or none gets any. */
  readonly isFixed: boolean;
  /** Names of Nx projects. */
  readonly projects: readonly string[];
  /** `{projectName}@{version}`, as in nx.json. */
  readonly tagPattern: string;
}

/** The projects of the workspace as Nx knows them, those without a package included. */
export interface NxProjects {
  /** Directory by name. */
  readonly roots: ReadonlyMap<string, string>;
  /** Names of the projects that a project depends on in Nx's graph. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** A project that may be released. */
export interface ReleasedProject {
  readonly name: string;
  readonly root: string;
  readonly group: ReleaseGroup;
  /** The package whose version speaks for the project; none for a project that holds no package. */
  readonly primary: PackageNode | undefined;
}

export function releasedProjects(
  groups: readonly ReleaseGroup[],
  { roots }: NxProjects,
  model: WorkspaceModel,
): ReleasedProject[] {
  return groups.flatMap((group) =>
    group.projects.flatMap((name) => {
      const root = roots.get(name);
      if (root === undefined) return [];
      const [primary] = versionedPackages(model.projects.get(root)?.packages ?? []);
      return [{ name, root, group, primary }];
    }),
  );
}
