/** What a package of a registry is installed by. */
export interface Installable {
  readonly name: string;
  /** Native spelling. */
  readonly version: string;
}

/** How to install one version with one tool, for people to copy. */
export interface InstallGuide {
  /** The tool, as people call it. */
  readonly tool: string;
  /** The file into which the lines go. Default: they are typed into a shell. */
  readonly file?: string;
  readonly lines: readonly string[];
}
