/** A file as it stands on disk. `text` is what a parser sees: without the byte order mark, line ends as they are. */
export interface Source {
  /** Workspace-relative path with `/`. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** `latin1` maps one byte to one unit; chosen only by formats whose tools tolerate invalid UTF-8. */
  readonly encoding: 'utf8' | 'latin1';
  readonly bom: boolean;
  readonly eol: '\n' | '\r\n' | 'mixed';
}

/**
 * How pure code sees the rest of the workspace: the caller reads. Paths are workspace-relative
 * with `/`. What does not exist is `undefined`; a reader never throws.
 */
export interface Reader {
  read(file: string): Source | undefined;
  /** File names (not directories) directly in a directory, sorted; empty if there is none. `.` is the root. */
  list(directory: string): readonly string[];
  /**
   * Every file of the workspace with a base name, sorted; patterns as those of manifests (`name.lock`, `*.suffix`).
   * Left out by readers of a part of the workspace: then only what lies around a manifest is looked at.
   */
  find?(pattern: string): readonly string[];
  /** A value computed once per reading session, for example a parsed workspace root that many members share. */
  memo<T>(key: string, compute: () => T): T;
}
