/**
 * A text that states a version or a requirement, where it stands now. Without `span` there is no such text
 * (a dependency given by a path alone), or none that could be pointed at; `fixed` then says why.
 */
export interface FactPlace {
  /** Workspace-relative path with `/`. */
  readonly file: string;
  /** Byte offsets into the file, `end` exclusive: what an edit would replace, without quotes. */
  readonly span?: { readonly start: number; readonly end: number };
  /** What stands there; for a version in parts (`MINOR = 2`) this part alone. */
  readonly text: string | null;
  /** Path of the value inside its file, for people: `package.version`, `Acme::VERSION::MINOR`. */
  readonly via: string;
  /** Why it cannot be edited; absent when it can. */
  readonly fixed?: string;
}

export interface RequirementPlace extends FactPlace {
  /** Registry name of the dependency. */
  readonly name: string;
}

/** Where a manifest says what it means. Lock files are no places: they repeat what manifests say. */
export interface ManifestPlaces {
  /** One literal, or several that are edited together (parts, the same version in two tables). Empty where there is none. */
  readonly version: readonly FactPlace[];
  /**
   * Every dependency of `Manifest.dependencies`, in that order; a requirement of several texts has several.
   * Behind them, requirements that the manifest or its workspace root states for others to inherit, as far as a
   * change of this manifest edits them.
   */
  readonly requirements: readonly RequirementPlace[];
  /** Texts that speak of a package and that no release edits (patches, overrides, constraints); `fixed` says why. */
  readonly untouched?: readonly RequirementPlace[];
}
