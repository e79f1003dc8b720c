import type { Artifact, ArtifactContent, UnpackedArtifact } from './artifact';
import type { CiSetup } from './ci-setup';
import type { Command, CommandResult, HttpRequest, HttpResponse } from './command';
import type { Consumer } from './consumer';
import type { Endpoints } from './endpoints';
import type { Manifest } from './manifest';
import type { UploadOutcome } from './outcome';
import type { Result } from './result';
import type { Withdraw } from './withdraw';

/** A program that a package of this ecosystem needs, and how to look whether it is there. */
export interface ToolNeed {
  /** For messages: `name`, `build (language)`. */
  readonly name: string;
  /** Programs of which one must be on PATH. */
  readonly anyOf: readonly string[];
  readonly hint: string;
  /** Absent where every machine of a CI system, or whatever installs the workspace's own tools, has it. */
  readonly setup?: CiSetup;
}

export interface PackageContext {
  readonly manifest: Manifest;
  /**
   * Absolute path of the clean export of the workspace; build here, nothing else is touched. It is a git repository
   * without a commit, whose index has every file.
   */
  readonly exportRoot: string;
  /** Absolute, empty directory that receives the artifacts. */
  readonly outDir: string;
  /** Absolute private directory for homes, caches and build trees; kept between packages of one run. */
  readonly workDir: string;
  /** Manifests of the same ecosystem in this workspace that this package needs, transitively, dependencies first. */
  readonly localDependencies: readonly Manifest[];
  /** Programs found on PATH, of those that `needs` names, absolute. */
  readonly programs: Readonly<Record<string, string>>;
  /** The files of the export. */
  readonly files: PackageFiles;
}

/** How to build artifacts: commands in order; afterwards `assemble`, where our code packs what a tool described. */
export interface PackageRecipe {
  readonly commands: readonly Command[];
  /**
   * Pure: from the results of the commands and the files of the export to bytes of artifacts that no command
   * wrote. `read` and `list` take absolute paths below `exportRoot`.
   */
  readonly assemble?: (
    results: readonly CommandResult[],
    files: PackageFiles,
  ) => Result<readonly { readonly filename: string; readonly bytes: Uint8Array }[]>;
  /** Absolute directory in which the commands leave the artifacts; they are moved to `outDir` if it is another one. */
  readonly artifactDir: string;
  /** Base names of files in `artifactDir` that are artifacts of this package; others there are ignored. */
  readonly isArtifact: (filename: string) => boolean;
}

export interface PackageFiles {
  read(path: string): Uint8Array | undefined;
  /** All files below a directory, absolute, sorted, with their executable bit. */
  walk(directory: string): readonly { readonly path: string; readonly executable: boolean }[];
}

/** A package with the artifacts that were just built of it. */
export interface PackedContext extends PackageContext {
  readonly artifacts: readonly Artifact[];
}

/** Building packages from what was packed of them, away from the repository. */
export interface Verification {
  readonly manifests: readonly Manifest[];
  readonly command: Command;
}

export interface UploadContext {
  readonly manifest: Manifest;
  readonly artifacts: readonly Artifact[];
  /** The clean export of the workspace, for a tool that `repacks`; empty for all others, which take the artifacts. */
  readonly exportRoot: string;
  readonly workDir: string;
  readonly endpoints: Endpoints;
  /** Absent for a registry that needs none. */
  readonly token?: string;
  /** The account of the token, for registries that want a name with it. */
  readonly username?: string;
  readonly programs: Readonly<Record<string, string>>;
  /** A named pointer to the version, where the ecosystem has them; ignored elsewhere. */
  readonly tag?: string;
  readonly access?: 'public' | 'restricted';
  /** A statement of provenance goes with it; only where `Provenance.isTaken`. */
  readonly provenance?: boolean;
  /** One-time password, where the registry asks for one; a secret. */
  readonly otp?: string;
}

/** One upload: a native tool, or a request of our own client where the tool cannot upload a built file. */
export type Upload =
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly classify: (result: CommandResult) => UploadOutcome;
    }
  | {
      readonly kind: 'request';
      readonly request: HttpRequest;
      readonly classify: (response: HttpResponse) => UploadOutcome;
    };

export interface Tool {
  /** For packaging this manifest, and for uploading it. */
  needs(manifest: Manifest): {
    readonly package: readonly ToolNeed[];
    readonly publish: readonly ToolNeed[];
  };
  package(context: PackageContext): Result<PackageRecipe>;
  /** True where the tool uploads no given file, but packs again: what is live afterwards is compared by content. */
  readonly repacks?: boolean;
  /** In order; the next runs only when the one before ended as `published` or `already-there`. */
  uploads(context: UploadContext): readonly Upload[];
  /** Reads an artifact of this ecosystem. FORGE-A003 for bytes that are none. */
  inspect(filename: string, bytes: Uint8Array): Result<ArtifactContent>;
  /** Opens an artifact, duplicates and links included: nothing is judged here. FORGE-A003 for bytes that are none. */
  unpack(filename: string, bytes: Uint8Array): Result<UnpackedArtifact>;
  /**
   * How to build packages of one run from their artifacts, all at once, since they may need each other. Packages that
   * need what is nowhere yet are left out; absent where packing does it already, or only a consumer can.
   */
  verify?(packed: readonly PackedContext[]): readonly Verification[];
  /** Why the public registry takes no file of this name, whatever is in it. */
  refused?(filename: string): { readonly what: string; readonly fix: string } | undefined;
  /** Installs from a registry what was published there. */
  readonly consumer: Consumer;
  /** Takes a version back, or brings it back. */
  readonly withdraw: Withdraw;
}
