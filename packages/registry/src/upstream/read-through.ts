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

/** What of another registry is served here. Undefined where there is nothing, or where nobody is asked. */
export interface ReadThrough {
  document(
    name: string,
    request: WireRequest,
    context: WireContext,
  ): Promise<WireResponse | undefined>;
  file(
    name: string,
    filename: string,
    request: WireRequest,
  ): Promise<FoundFile | { readonly refusal: WireResponse } | undefined>;
}

export interface UpstreamOf {
  readonly endpoints: Endpoints;
  readonly claimed: readonly string[];
}

/** Reads packages of one ecosystem through from another registry. */
export function openReadThrough(
  { store, now }: { readonly store: Store; readonly now: () => Date },
  ecosystem: Ecosystem,
  upstream: Upstream,
  { endpoints, claimed }: UpstreamOf,
): ReadThrough {
  const isOurs = openClaims(store.db, ecosystem, claimed);
  const documents = openDocuments(upstream, endpoints, now);
  const artifacts = openArtifacts(store);
  const refuse = ecosystem.wire.refuse;
  return {
    async document(name, request, context) {
      if (await isOurs(name)) return undefined;
      const found = await documents(name, request);
      if (!found.ok) return refuse(toRefusal(found.problems, { name }));
      return found.value?.package.respond(request, context);
    },
    async file(name, filename, request) {
      if (await isOurs(name)) return undefined;
      const found = await documents(name, request);
      if (!found.ok) return { refusal: refuse(toRefusal(found.problems, { name })) };
      const file = found.value?.package.files.find((each) => each.filename === filename);
      if (!file || !found.value) return undefined;
      const stored = await artifacts(file, found.value.url);
      return stored.ok ? stored.value : { refusal: refuse(toRefusal(stored.problems, { name })) };
    },
  };
}
