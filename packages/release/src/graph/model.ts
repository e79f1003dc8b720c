import type {
  Dependency,
  DependencyKind,
  Ecosystem,
  Embed,
  ForgeError,
  Manifest,
} from '@forge/ecosystems';

/**
 * `published`: goes to a registry under its own name. `embedded`: compiled into or shipped inside another
 * package of this workspace. `private`: says of itself that it is never published.
 */
export type Role = 'published' | 'embedded' | 'private';

/** One package: a name with a version in one ecosystem, described by one manifest. */
export interface PackageNode {
  readonly manifest: Manifest;
  readonly ecosystem: Ecosystem;
  /** Workspace-relative directory of the manifest; `.` for the workspace root. */
  readonly root: string;
  /** Name of the Nx project that stands at `root`. */
  readonly project: string;
  readonly role: Role;
  /** For `embedded`: the manifest that ships this package. */
  readonly embeddedIn?: string;
}

/** `embed` counts like a build dependency for the order of publishing; `dev` never counts. */
export type EdgeKind = DependencyKind | 'embed';

/** A dependency that stays inside the workspace. Never from a package to itself. */
export interface LocalEdge {
  readonly from: PackageNode;
  readonly to: PackageNode;
  readonly kind: EdgeKind;
  /** Present for every kind but `embed`. */
  readonly dependency?: Dependency;
  /** Present for `embed`. */
  readonly embed?: Embed;
  /** The evidence, for people: `dependencies`, `extensions`. */
  readonly via: string;
}

/** A manifest that cannot be read. It costs its own project only, and is reported by whoever releases. */
export interface BrokenManifest {
  readonly file: string;
  readonly root: string;
  readonly ecosystem: Ecosystem;
  readonly problems: readonly ForgeError[];
}

/** An Nx project: a directory with one package or several. */
export interface ProjectModel {
  readonly name: string;
  readonly root: string;
  /** In the order of the ecosystems, then of the file names. */
  readonly packages: readonly PackageNode[];
  readonly broken: readonly BrokenManifest[];
}

/** What all manifests of a workspace mean together. The one model that graph, plan and publish use. */
export interface WorkspaceModel {
  /** Sorted by manifest path. */
  readonly packages: readonly PackageNode[];
  /** Sorted by the manifest of `from`, then as written there. */
  readonly edges: readonly LocalEdge[];
  /** Keyed by root. */
  readonly projects: ReadonlyMap<string, ProjectModel>;
  readonly problems: readonly BrokenManifest[];
}
