import type { Credential, Endpoints } from './endpoints';
import type { LackingField } from './demanded';
import type { HttpRequest, HttpResponse } from './command';
import type { Manifest } from './manifest';
import type { Result } from './result';
import type { SecretShapes } from './secret-shapes';
import type { Reader, Source } from './source';

/**
 * What people have set up for an ecosystem's own tools: where a package goes, and with which token. Pure: the
 * caller reads the files. They are never written, and no tool is asked, because tools prompt.
 */
export interface Access {
  /** Absolute paths of the files in which the tools keep registries and tokens; the one that wins comes first. */
  files(place: AccessPlace): readonly string[];
  /**
   * Where the package's own tool would send it; undefined for the public registry. FORGE-C004 where that cannot
   * be told or done. With `given`, the registry that the user names for the whole run, only whether it can be done.
   */
  destination?(
    manifest: Manifest,
    settings: AccessSettings,
    reader: Reader,
    given?: Endpoints,
  ): Result<Destination | undefined>;
  /** Completes the endpoints of a destination from what its registry says of itself. */
  readonly introduction?: {
    ask(endpoints: Endpoints): HttpRequest;
    /** Undefined for an answer that says nothing. */
    read(endpoints: Endpoints, response: HttpResponse): Endpoints | undefined;
  };
  /** The token that the files hold for a registry. */
  token(settings: AccessSettings, endpoints: Endpoints): FoundToken | undefined;
  /** Trusted publishing: a registry's token of short life for the word of a CI system. */
  readonly exchange?: TokenExchange;
  /** Absent where the native tool makes no statements of provenance. */
  readonly provenance?: Provenance;
  /** What must not be in an artifact, of whatever ecosystem. */
  readonly secrets?: SecretShapes;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface AccessPlace {
  readonly env: Environment;
  /** Absolute directories: the person's own, the workspace's root and the one of the manifest. */
  readonly home: string;
  readonly root: string;
  readonly directory: string;
}

/** Those of the files that are there, in their order; `Source.file` is the absolute path. */
export interface AccessSettings {
  readonly files: readonly Source[];
  readonly env: Environment;
}

export interface Destination {
  readonly endpoints: Endpoints;
  /** What sends it there, for people: `publishConfig.registry`. */
  readonly via: string;
  /** Variables with the token of exactly this registry, where the tools have a name for them. */
  readonly env?: readonly string[];
}

export interface FoundToken extends Credential {
  /** Absolute path of the file that holds it. */
  readonly file: string;
}

export interface TokenExchange {
  /** True where a token is good for one package only. */
  readonly perPackage: boolean;
  /** Milliseconds for which a token is good, at the least. */
  readonly lifetime: number;
  /** For whom the CI system vouches; undefined for a registry that has no such exchange. */
  audience(endpoints: Endpoints): string | undefined;
  /** Variables in which a CI system that hands out identity tokens beforehand leaves the one for this audience. */
  readonly env: readonly string[];
  ask(identityToken: string, name: string, endpoints: Endpoints): HttpRequest;
  /** The token; undefined when the registry gives none. */
  read(response: HttpResponse): string | undefined;
}

/**
 * A statement of where a version was built, made by the native tool and signed on the word of a CI system. The command
 * of the upload asks for it, see `UploadContext.provenance`.
 */
export interface Provenance {
  /** For people: the tool. */
  readonly title: string;
  /** True for a registry that takes such statements. */
  isTaken(endpoints: Endpoints): boolean;
  /** Why nobody vouches for this run to whom signs; undefined where somebody does. */
  unwitnessed(env: Environment): { readonly what: string; readonly fix: string } | undefined;
  /** The program that makes it, how it is asked for its version, and whether what it answers is recent enough. */
  readonly program: {
    readonly name: string;
    readonly args: readonly string[];
    readonly least: string;
    isEnough(output: string): boolean;
  };
  /** What a manifest has to say for it; `access` is what the user asks for in this run. */
  lacking(source: Source, asked: { readonly access?: string }): readonly LackingField[];
}
