import type { DependencyKind } from './manifest';
import type { Result } from './result';
import type { Json, WireRequest } from './wire';

/** What a published version says of itself, in words that are the same for every ecosystem. Empty: it says nothing. */
export interface Description {
  readonly summary: string;
  readonly license: string;
  readonly homepage: string;
  readonly repository: string;
  readonly keywords: readonly string[];
  readonly categories: readonly string[];
  readonly dependencies: readonly DescribedDependency[];
}

export interface DescribedDependency {
  readonly name: string;
  /** Native spelling; empty for any version. */
  readonly requirement: string;
  readonly kind: DependencyKind;
}

/** A package as a file, for demonstrations. */
export interface ExamplePackage {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** The request of a native tool that uploads a file. */
export interface FileUpload extends Pick<WireRequest, 'path' | 'headers' | 'body'> {
  readonly method: 'PUT' | 'POST';
}

/** What is inside the files of a package, whichever way they came. */
export interface Contents {
  /** Whether the registry takes a package of this name. */
  isName(name: string): boolean;
  /**
   * The request by which the native tool would upload the file, below the prefix of the ecosystem, with everything
   * taken from the file itself. So what is published in another way is held to the very same rules. FORGE-R001.
   */
  toRequest(filename: string, bytes: Uint8Array): Result<FileUpload>;
  /** Reads what `WireUpload.metadata` was. */
  describe(metadata: Json): Description;
  /** The smallest package that the registry takes. One ecosystem that has it is enough for a demonstration. */
  example?(): ExamplePackage;
}
