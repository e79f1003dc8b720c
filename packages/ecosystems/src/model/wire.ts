import type { ErrorCode } from '../errors';
import type { TokenOrder, WireCredentials, WireToken } from './accounts';
import type { Digest } from './artifact';
import type { Installable, InstallGuide } from './install-guide';
import type { Result } from './result';
import type { Upstream } from './upstream';

/** Plain JSON, as it is stored with a version. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A request as the server received it, path parameters decoded. */
export interface WireRequest {
  readonly method: string;
  /** Path below the ecosystem's prefix, decoded. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  /** HTTP/1.1 reason phrase, where a client prints it. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** What the server tells every handler about itself. */
export interface WireContext {
  /** Absolute URL of the ecosystem's prefix as the client reached it, no trailing slash. */
  readonly baseUrl: string;
  /** PEM keys of this server for protocols that sign their index. */
  readonly keys: WireKeys;
  /** Name of the user whose token came with the request, if a valid one did. */
  readonly user?: string;
  /** True where nobody reads without a token. */
  readonly readsNeedToken?: boolean;
}

export interface WireKeys {
  readonly rsaPrivate: string;
  readonly rsaPublic: string;
  /** Private keys that signed before this one, the oldest first: who trusts one of them can be led to the new one. */
  readonly previous?: readonly string[];
}

export interface StoredFile {
  readonly filename: string;
  readonly size: number;
  readonly sha256: string;
  /** sha256, sha512, sha1 and md5, all of them. */
  readonly digests: readonly Digest[];
}

export interface StoredVersion {
  /** Native spelling, as uploaded. */
  readonly version: string;
  /** What `Upload.metadata` was. */
  readonly metadata: Json;
  /** Those that can be had; files that were taken back are not told of. */
  readonly files: readonly StoredFile[];
  /** Withdrawn: nobody should choose it anew. Its files are still served to who has locked it. */
  readonly yanked: boolean;
  /** Why; of a yanked version only. */
  readonly notice?: Notice;
  /** Files beside the version that may be replaced: documentation. */
  readonly attachments?: readonly StoredFile[];
  /** ISO 8601. */
  readonly publishedAt: string;
}

/** Why a version is withdrawn, as its owner said it. */
export interface Notice {
  readonly message: string;
  /** One of the ecosystem's fixed reasons, where it has such (`security`, `invalid`). */
  readonly reason?: string;
}

export interface StoredPackage {
  /** As first published. */
  readonly name: string;
  readonly versions: readonly StoredVersion[];
  /** Named pointers to versions (`latest`). */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of the users who may publish and change it, in the order in which they came. */
  readonly owners: readonly string[];
}

export interface WireUpload {
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly filename: string; readonly bytes: Uint8Array }[];
  /** Everything that the index needs later, normalised by the ecosystem. */
  readonly metadata: Json;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What is looked for, and which part of it is shown. */
export interface PackageSearch {
  readonly text: string;
  /** At most 250 are shown at once. */
  readonly limit: number;
  readonly offset: number;
}

export interface FoundPackages {
  readonly packages: readonly StoredPackage[];
  /** Of all parts. */
  readonly total: number;
}

/**
 * One change of what stands beside the published bytes, which themselves never change. A change that
 * finds everything as it would leave it is a success. Versions are named as they are stored.
 */
export type PackageChange =
  /** Withdraws a version, or says anew why; a yank without a notice takes an earlier one away. */
  | { readonly kind: 'yank'; readonly version: string; readonly notice?: Notice }
  | { readonly kind: 'unyank'; readonly version: string }
  | Removal
  | { readonly kind: 'add-owner' | 'remove-owner'; readonly user: string }
  | { readonly kind: 'set-tag'; readonly tag: string; readonly version: string }
  | { readonly kind: 'delete-tag'; readonly tag: string }
  /** Puts a stored file beside a version, in place of one of the same name. */
  | { readonly kind: 'attach'; readonly version: string; readonly file: StoredFile }
  | { readonly kind: 'detach'; readonly version: string; readonly filename: string };

/** Takes files back for good: nobody gets them any more. A version without files is not there. */
export interface Removal {
  readonly kind: 'remove';
  readonly version: string;
  /** Default: all of the version. */
  readonly filenames?: readonly string[];
  /** True where the same filenames, and with them the version, may be published anew. */
  readonly reusable?: boolean;
}

/** A file that is to stand beside a version. Its name belongs to no published file of the package. */
export interface WireAttachment {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** Why a request is not followed. The ecosystem spells the answer. */
export interface Refusal {
  readonly kind:
    | 'unauthorized'
    | 'forbidden'
    | 'invalid'
    | 'conflict'
    | 'too-large'
    | 'not-found'
    /** Another registry that had to be asked does not answer as it should: 502, never "not found". */
    | 'unreachable'
    /** Too many requests or attempts: 429. The server says when to come again. */
    | 'too-many';
  /** The code of the (first) problem, where there is one. */
  readonly code?: ErrorCode;
  readonly message: string;
  readonly name?: string;
  readonly version?: string;
  /** Of the kind `too-many`. The server tells it in `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** What is told of a path now. */
export interface LogFact {
  readonly path: string;
  readonly content: Uint8Array;
  /** True where it goes without saying, unless something else was told before. */
  readonly isUsual?: boolean;
}

/** Facts in the order in which they came up. Of one path the last one holds. */
export interface WireLog {
  /** The same array as long as nothing is added. */
  readonly entries: readonly (LogFact & { /** ISO 8601. */ readonly at: string })[];
  /** ISO 8601. */
  readonly now: string;
}

/**
 * A route as data: what it is for decides what the server fetches before `respond` renders.
 * Paths have `:param` for one segment and a final `*` (param name `*`) for the rest; routes are tried in order.
 */
export type WireRoute =
  | WireRouteBase<'static', (request: WireRequest, context: WireContext) => WireResponse>
  /** Needs a valid token; answers who it is, and `withPackages` what that user owns: names in their order. */
  | (WireRouteBase<
      'whoami',
      (request: WireRequest, context: WireContext, owned?: readonly string[]) => WireResponse
    > & { readonly withPackages?: boolean })
  /** Whether there is a user of a name. */
  | (WireRouteBase<
      'user',
      (isKnown: boolean, request: WireRequest, context: WireContext) => WireResponse
    > & { readonly userName: (request: WireRequest) => string })
  /** Path and `accept` say what this document and the next one are, which are kept: nothing else of the request comes. */
  | (WireRouteBase<
      'package',
      (found: StoredPackage | undefined, request: WireRequest, context: WireContext) => WireResponse
    > & { readonly packageName: (request: WireRequest) => string })
  | WireRouteBase<
      'index',
      (
        packages: readonly StoredPackage[],
        request: WireRequest,
        context: WireContext,
      ) => WireResponse
    >
  /**
   * Documents over everything that was ever told of, to which is only added: clients read on where they stopped.
   * `facts` also gets the paths that were told of, some perhaps of versions that are gone.
   */
  | (WireRouteBase<
      'log',
      (log: WireLog, request: WireRequest, context: WireContext) => WireResponse
    > & {
      readonly facts: (
        packages: readonly StoredPackage[],
        told: Iterable<string>,
      ) => readonly LogFact[];
    })
  /** Finds packages by name, by its beginning, by words and by keywords, in this order. */
  | (WireRouteBase<
      'search',
      (found: FoundPackages, request: WireRequest, context: WireContext) => WireResponse
    > & { readonly search: (request: WireRequest) => PackageSearch })
  /** Streams a published or attached file; `respond` answers when there is none. */
  | (WireRouteBase<'file', (request: WireRequest, context: WireContext) => WireResponse> & {
      readonly file: (request: WireRequest) => {
        readonly filename: string;
        readonly contentType: string;
        /** Where a filename alone is ambiguous between packages (scopes), the owning package. */
        readonly packageName?: string;
      };
    })
  /** Needs a valid token before the body is read; `respond` answers success (also for the same bytes again). */
  | (WireRouteBase<
      'publish',
      (upload: WireUpload, request: WireRequest, context: WireContext) => WireResponse
    > & { readonly parse: (request: WireRequest) => Result<WireUpload> })
  /** Needs a token before the body is read, then that of an owner of the package; `respond` answers success. */
  | (WireRouteBase<'attach', (request: WireRequest, context: WireContext) => WireResponse> & {
      readonly parse: (request: WireRequest) => Result<WireAttachment>;
      /** `Content-Encoding` of a file that is packed and stays so; other bodies may have none. */
      readonly coding?: 'gzip';
    })
  /** Needs the token of an owner of the package; `respond` answers success. */
  | (WireRouteBase<'change', (request: WireRequest, context: WireContext) => WireResponse> & {
      readonly packageName: (request: WireRequest) => string;
      /**
       * What is asked, seen against the package as it is. Called inside the transaction that makes the
       * changes, all or none. Problems: FORGE-R001, R010 to R013. `now` is ISO 8601.
       */
      readonly changes: (
        found: StoredPackage,
        request: WireRequest,
        now: string,
      ) => Result<readonly PackageChange[]>;
    })
  /** Needs no token: what the request brings instead is changed for one. `respond` gets it with its secret. */
  | (WireRouteBase<
      'sign-in',
      (token: WireToken, request: WireRequest, context: WireContext) => WireResponse
    > & {
      readonly credentials: (request: WireRequest) => Result<WireCredentials>;
      /** Brings a token, which nobody guesses: it may be called as often as reads are. */
      readonly bringsToken?: boolean;
    })
  /** Lists, makes or revokes tokens of the user who asks; `respond` gets those that it is about. */
  | (WireRouteBase<
      'token',
      (tokens: readonly WireToken[], request: WireRequest, context: WireContext) => WireResponse
    > & { readonly order: (request: WireRequest) => Result<TokenOrder> });

interface WireRouteBase<Kind extends string, Respond> {
  readonly kind: Kind;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** True where everybody gets an answer, also if reads need a token: nothing of a package is in it. */
  readonly isOpen?: boolean;
  readonly path: string;
  /** Where several routes have one method and path: whether this one is meant. */
  readonly accepts?: (request: WireRequest) => boolean;
  readonly respond: Respond;
}

/** The server side of one protocol. Pure: parses requests, renders answers. */
export interface Wire {
  readonly routes: readonly WireRoute[];
  /** Routes that tools look for at the root of the host, whatever prefix they are given; same rules. */
  readonly rootRoutes?: readonly WireRoute[];
  /** Largest body of an upload in bytes. */
  readonly bodyLimit: number;
  /** True where one version gathers files over several uploads (one for each platform). */
  readonly manyUploadsPerVersion: boolean;
  /** Realm of a Digest challenge, for clients that speak nothing else. */
  readonly digestRealm?: string;
  /** How packages of another registry are read through this one; absent where that is not known. */
  readonly upstream?: Upstream;
  /** The ecosystem's own answer to a refusal. */
  refuse(refusal: Refusal): WireResponse;
  /**
   * Lines that a person pastes to point the native tools at this server; `token` stands for a secret.
   * `baseUrl` is that of the server, without the prefix, as for `Ecosystem.endpointsAt`; `user` is whose token it is,
   * where that is known.
   */
  settings(baseUrl: string, token: string, user?: string): readonly string[];
  /** How a version is installed from this server, by each tool that people use; the most usual one first. */
  install(baseUrl: string, version: Installable): readonly InstallGuide[];
}
