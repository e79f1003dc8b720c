/** Algorithm names as in node:crypto; values are lower-case hex. */
export type DigestAlgorithm = 'sha256' | 'sha512' | 'sha1' | 'md5';

export interface Digest {
  readonly algorithm: DigestAlgorithm;
  readonly value: string;
}

/** A file that is uploaded. */
export interface Artifact {
  /** Base name, as the registry will serve it. */
  readonly filename: string;
  /** Absolute path. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * What an artifact is inside, after everything volatile is taken out (timestamps, member order,
 * compression, the commit recorded by a build): member path → sha256 of its content. Two artifacts
 * with equal members have the same content.
 */
export interface ArtifactContent {
  readonly name: string;
  /** Native spelling. */
  readonly version: string;
  readonly members: ReadonlyMap<string, string>;
  /** Files that its own metadata promises and that are not in it; such an artifact is of no use. */
  readonly lacking?: readonly string[];
}

/** An artifact, opened: what whoever installs it would unpack. */
export interface UnpackedArtifact {
  /** The one directory that all members belong below, and that is stripped on install; `''` where there is none. */
  readonly top: string;
  /** In the order of the archive. */
  readonly members: readonly ArtifactMember[];
}

/** One member of an artifact, exactly as the archive has it: nothing is resolved, renamed or left out. */
export interface ArtifactMember {
  /** As written, also where it is absolute or leads out of the archive; directories without a trailing `/`. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'other';
  /** Of links, as written: of a symlink from its own directory, of a hard link from the top of the archive. */
  readonly target?: string;
  /** Empty for everything but files. */
  readonly content: Uint8Array;
}
