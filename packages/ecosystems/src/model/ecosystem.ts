import type { Access } from './access';
import type { Contents } from './contents';
import type { LackingField } from './demanded';
import type { Credentials, Endpoints } from './endpoints';
import type { Edit, ManifestChange } from './edit';
import type { Manifest } from './manifest';
import type { ManifestPlaces } from './places';
import type { RateLimit } from './rate-limit';
import type { Remote } from './remote';
import type { Result } from './result';
import type { SizeLimit } from './size-limit';
import type { Reader, Source } from './source';
import type { Tool } from './tool';
import type { VersionGrammar } from './version';
import type { Wire } from './wire';

/**
 * One ecosystem, all that is known of it. The facets load on first use, so that a workspace
 * never pays for a parser it does not need, and inference never loads tools or protocols.
 */
export interface Ecosystem {
  /** Name of the folder, also the prefix of names on a clash. */
  readonly id: string;
  /** For people: the name of the registry or of the tool. */
  readonly title: string;
  /** Base-name patterns of manifests: exact (`name.toml`) or with one leading `*` (`*.suffix`). */
  readonly manifests: readonly string[];
  /**
   * The same of files that repeat what manifests say of the workspace's own packages: lock files, catalogs.
   * A change of one has to be seen by what is cached, so none is an empty list and not an omission.
   */
  readonly companions: readonly string[];
  /** True when the tools of this ecosystem tolerate manifests that are not valid UTF-8; they are then read byte by byte. */
  readonly toleratesLatin1: boolean;
  /** Directories that never hold manifests of the user's own: `node_modules`, `target`. */
  readonly ignoredDirectories: readonly string[];
  /** Directories of installed dependencies, beside a manifest or in the root, that builds look for. */
  readonly linkedDirectories?: readonly string[];
  /** Path prefix on a server that speaks all protocols: `/name`. */
  readonly prefix: string;
  /** The public registry's documented endpoints. */
  readonly publicEndpoints: Endpoints;
  /** The same keys for a server that speaks all protocols, from its base URL without a trailing slash. */
  endpointsAt(baseUrl: string): Endpoints;
  readonly credentials: Credentials;
  /** False where a published version can be taken back for good within a time; such registries go first among equals. */
  readonly irreversible: boolean;
  /** Documented limits of the public registry; none where it documents none. */
  readonly limits?: readonly RateLimit[];
  /** The largest file that the public registry takes; absent where it documents none. */
  readonly sizeLimit?: SizeLimit;
  /** The spelling under which names are compared. */
  normalizeName(name: string): string;
  readonly versions: VersionGrammar;
  readonly format: ManifestFormat;
  readonly tool: Tool;
  readonly remote: Remote;
  /** Absent where nothing is set up outside of environment variables. */
  readonly access?: Access;
  readonly wire: Wire;
  readonly contents: Contents;
}

/** Reading and editing manifests, losslessly. Nothing is ever executed. */
export interface ManifestFormat {
  /**
   * `null` for a file that is no package (a virtual workspace root, a `package.json` without a name and version).
   * Problems: FORGE-M001 to M006, M012; with line, column and frame where there is a place.
   */
  read(source: Source, reader: Reader): Result<Manifest | null>;
  /**
   * Edits that make the manifest say what `change` asks, in this or in other files (a workspace root,
   * a version file). Nothing to do is an empty list. All refusals are reported together.
   */
  plan(source: Source, change: ManifestChange, reader: Reader): Result<readonly Edit[]>;
  /** Where the facts of a manifest stand, by the same search that `plan` edits by. Never needed for inference. */
  locate(source: Source, reader: Reader): Result<ManifestPlaces>;
  /**
   * Edits, in an export of the workspace, that replace what works only inside the repository (paths,
   * `workspace:`, `in_umbrella:`) by what the users of a registry need. Empty where the native tool does it itself.
   * FORGE-A006 for a reference that no registry can serve.
   */
  publishable(
    source: Source,
    manifest: Manifest,
    context: PublishableContext,
  ): Result<readonly Edit[]>;
  /**
   * What the public registry demands beyond a name and a version and this manifest lacks. Other registries may take it
   * as it is. Absent where nothing is demanded, or where no artifact comes of a package that lacks it.
   */
  lacking?(source: Source, reader: Reader): readonly LackingField[];
}

export interface PublishableContext {
  readonly reader: Reader;
  readonly local: LocalLookup;
  /**
   * Workspace-relative directory of the package that ships this one as source (a binding with a native core).
   * References that leave that directory must go: outside paths, values inherited from a workspace root.
   */
  readonly shippedIn?: string;
}

/** Finds the package of the same ecosystem that a dependency means: by path first, then by normalised name. */
export type LocalLookup = (dependency: {
  readonly name: string;
  readonly path?: string;
}) => Manifest | undefined;
