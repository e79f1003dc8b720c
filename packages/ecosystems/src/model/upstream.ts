import type { Digest } from './artifact';
import type { HttpRequest } from './command';
import type { Endpoints } from './endpoints';
import type { Result } from './result';
import type { LogFact, WireContext, WireRequest, WireResponse } from './wire';

/**
 * How a server of this protocol asks another one for packages that it does not hold itself. Pure: says what to
 * ask and how the answer is told on. Only reading goes through, and every file is held to the digest that the
 * document gives.
 */
export interface Upstream {
  /** True where the lists of the public registry are too large to be read: another one has to be named. */
  readonly isPrivate?: true;
  /**
   * The document of a package that `request` needs, always a GET. Undefined for what nobody else is asked (owners).
   * The URL and `accept` are all that the server remembers an answer by.
   */
  document(name: string, request: WireRequest, endpoints: Endpoints): HttpRequest | undefined;
  /** Reads that document. FORGE-R014 for one that is none. */
  read(body: Uint8Array, asked: UpstreamQuestion): Result<UpstreamPackage>;
  /** Names of packages that a file may be of, where its route says nothing but its own name. None is asked for if these are many. */
  readonly namesIn?: (filename: string) => readonly string[];
  /** Where clients look into a list of all packages before they ask for one. */
  readonly listing?: UpstreamListing;
}

/** Their list of all packages and ours as one. */
export interface UpstreamListing {
  /** What to ask for a request that needs the list; undefined where ours alone is told. */
  question(request: WireRequest, endpoints: Endpoints): HttpRequest | undefined;
  /**
   * The answer of a route of the kind `index`: `ours` with what stands in `theirs` of other names than ours. FORGE-R014
   * for what is no such list.
   */
  merge(theirs: Uint8Array, ours: WireResponse, asked: UpstreamListQuestion): Result<WireResponse>;
  /** The same for routes of the kind `log`. The bytes of a list that has not changed are the same array. */
  readonly facts?: (theirs: Uint8Array, asked: UpstreamListQuestion) => Result<readonly LogFact[]>;
  /** One package, where the list alone tells of files; there `document` is not asked for. */
  readonly package?: (
    theirs: Uint8Array,
    asked: UpstreamQuestion,
  ) => Result<UpstreamPackage | undefined>;
}

export interface UpstreamListQuestion {
  /** Where the list came from. */
  readonly url: string;
  readonly request: WireRequest;
  isOurs(name: string): boolean;
}

export interface UpstreamQuestion {
  readonly name: string;
  /** Of the document: what relative links in it begin with. */
  readonly url: string;
  readonly endpoints: Endpoints;
}

/** One package of another registry. */
export interface UpstreamPackage {
  /** Those that can be had and checked. */
  readonly files: readonly UpstreamFile[];
  /** The answer in our words: every link leads through us. Undefined where there is nothing of the kind. */
  respond(request: WireRequest, context: WireContext): WireResponse | undefined;
}

/** A file of another registry. */
export interface UpstreamFile {
  /** As the route of our own files names it. */
  readonly filename: string;
  readonly url: string;
  /** The strongest that is known. */
  readonly digest: Digest;
}
