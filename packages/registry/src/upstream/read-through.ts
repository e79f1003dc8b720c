import {
  type Ecosystem,
  type Endpoints,
  type Upstream,
  type WireContext,
  type WireRequest,
  type WireResponse,
} from '@forge/ecosystems';
import { toRefusal } from '../publish/refusal';
import type { FoundFile, Store } from '../store';
import { openArtifacts } from './artifacts';
import { openClaims } from './claims';
import { openDocuments } from './documents';
import type { KeptAnswers } from './kept-answers';
import { openListings, type UpstreamFacts } from './listings';
import { numbers } from './numbers';

interface Refused {
  readonly refusal: WireResponse;
}

/** A document of a package of theirs, in our words. */
export interface TheirDocument {
  /** Another one whenever it has changed. */
  readonly state: string;
  /** Undefined where there is nothing of the kind. */
  respond(request: WireRequest, context: WireContext): WireResponse | undefined;
}

/** A list of all packages of theirs. */
export interface TheirListing {
  /** Another one whenever it has changed. */
  readonly state: string;
  /** With ours, or why it cannot be. Changes with our packages, for whose names theirs do not stand, and its state. */
  merge(ours: WireResponse, request: WireRequest): Promise<WireResponse>;
}

/** What of another registry is served here. Undefined where there is nothing, or where nobody is asked. */
export interface ReadThrough {
  document(name: string, request: WireRequest): Promise<TheirDocument | Refused | undefined>;
  /** `name` is that of the package, where the request says it. */
  file(
    name: string | undefined,
    filename: string,
    request: WireRequest,
  ): Promise<FoundFile | Refused | undefined>;
  listing(request: WireRequest): Promise<TheirListing | Refused | undefined>;
  /** What belongs into our log of all packages. */
  told(request: WireRequest): Promise<UpstreamFacts | Refused | undefined>;
}

export interface UpstreamOf {
  readonly endpoints: Endpoints;
  readonly claimed: readonly string[];
  readonly kept?: KeptAnswers | undefined;
}

/** Reads packages of one ecosystem through from another registry. */
export function openReadThrough(
  { store, now }: { readonly store: Store; readonly now: () => Date },
  ecosystem: Ecosystem,
  upstream: Upstream,
  { endpoints, claimed, kept }: UpstreamOf,
): ReadThrough {
  const claims = openClaims(store.db, ecosystem, claimed);
  const documents = openDocuments(upstream, endpoints, { now, kept });
  const artifacts = openArtifacts(store, kept);
  const listings = openListings(upstream, endpoints, { claims, now, kept });
  const refuse = ecosystem.wire.refuse;
  const states = numbers();

  async function fileOf(name: string, filename: string, request: WireRequest) {
    const found = await (listings?.package ?? documents)(name, request);
    if (!found.ok) return { refusal: refuse(toRefusal(found.problems, { name })) };
    const file = found.value?.value.files.find((each) => each.filename === filename);
    if (!file || !found.value) return undefined;
    const stored = await artifacts(file, found.value.url);
    return stored.ok ? stored.value : { refusal: refuse(toRefusal(stored.problems, { name })) };
  }

  return {
    async document(name, request) {
      if (await claims.isAnyOurs([name])) return undefined;
      const found = await documents(name, request);
      if (!found.ok) return { refusal: refuse(toRefusal(found.problems, { name })) };
      if (!found.value) return undefined;
      const { value } = found.value;
      return { state: `theirs ${states(value)}`, respond: (...asked) => value.respond(...asked) };
    },
    async file(name, filename, request) {
      const names = namesOf(upstream, name, filename);
      // One of them is enough: a package of somebody else must not spell a file of ours.
      if (await claims.isAnyOurs(names)) return undefined;
      for (const each of names) {
        const found = await fileOf(each, filename, request);
        if (found) return found;
      }
      return undefined;
    },
    async listing(question) {
      const theirs = await listings?.theirs(question);
      if (theirs?.ok === false) return { refusal: refuse(toRefusal(theirs.problems)) };
      if (!theirs?.value) return undefined;
      const { state, merge } = theirs.value;
      return {
        state,
        async merge(ours, request) {
          const merged = await merge(ours, request);
          return merged.ok ? merged.value : refuse(toRefusal(merged.problems));
        },
      };
    },
    async told(request) {
      const told = await listings?.told(request);
      return told?.ok === false ? { refusal: refuse(toRefusal(told.problems)) } : told?.value;
    },
  };
}

/** No file system takes longer ones. */
const longestFilename = 255;
/** Each is a question to the other registry. Whoever asks for a file that may be of more packages made up its name. */
const mostNames = 5;

/** The packages that a file may be of; none if these are many. */
function namesOf(
  { namesIn }: Upstream,
  name: string | undefined,
  filename: string,
): readonly string[] {
  if (filename.length > longestFilename) return [];
  const names = name === undefined ? (namesIn?.(filename) ?? []) : [name];
  return names.length > mostNames ? [] : names;
}
