/** What one manifest means: plain data, serialisable, without positions. Read by `ManifestFormat.read`. */
export interface Manifest {
  /** Id of the ecosystem, for example the name of its folder. */
  readonly ecosystem: string;
  /** Workspace-relative path with `/`. */
  readonly file: string;
  /** As written; compare with `Ecosystem.normalizeName`. */
  readonly name: string;
  readonly version: VersionFact;
  /** The reason why this package says of itself that it is never published, for example `publish = false`. */
  readonly private?: string;
  /** The registry that the package's own tool would send it to, where the manifest says so: a URL, or a name that the tool resolves. */
  readonly registry?: string;
  readonly dependencies: readonly Dependency[];
  /** Other manifests whose packages are compiled into or shipped inside this package. */
  readonly embeds: readonly Embed[];
  /** Further files that this reading looked at (a workspace root, a version file); a change there changes this manifest. */
  readonly inputs: readonly string[];
}

export interface VersionFact {
  /** Native spelling; null when the manifest leaves it open (a tag-driven version). */
  readonly value: string | null;
  /** File in which the literal stands: the manifest itself, a workspace root, a version file. */
  readonly file: string;
  /** Path of the value inside that file, for people: `package.version`, `Acme::VERSION`. */
  readonly via: string;
  /** Why it cannot be edited; absent when it can. */
  readonly fixed?: string;
}

/** `optional` counts as runtime for the order of publishing; `dev` does not count. */
export type DependencyKind = 'runtime' | 'build' | 'optional' | 'peer' | 'dev';

export interface Dependency {
  /** Registry name, after aliases are resolved. */
  readonly name: string;
  /** The name it has inside the manifest, where that differs. */
  readonly alias?: string;
  readonly kind: DependencyKind;
  /** Where it stands, for people: `dependencies`, `target.'cfg(windows)'.dependencies`. */
  readonly section: string;
  /** As written, without a protocol prefix's own meaning being lost: `^1.2`, `workspace:*`; null when none is given. */
  readonly requirement: string | null;
  /** Workspace-relative directory, when the dependency is given (also) by a local path. */
  readonly path?: string;
  /** True when the package manager resolves it inside the repository only (`workspace:`, `in_umbrella`, `{ workspace = true }` of uv). */
  readonly internal?: boolean;
  /** Why the requirement cannot be edited; absent when it can or when there is none. */
  readonly fixed?: string;
}

export interface Embed {
  /** Workspace-relative path of the embedded package's manifest. */
  readonly manifest: string;
  /** The evidence, for people: `tool.maturin.manifest-path`, `extensions`. */
  readonly via: string;
  /** `source`: its files are part of the artifact and built by the user; `binary`: it is compiled before. */
  readonly ships: 'source' | 'binary';
}
