import type { HttpRequest, HttpResponse } from './command';
import type { Credential, Endpoints } from './endpoints';
import type { Presence } from './outcome';

/** Asking a registry: requests as data, answers parsed. Reads only. */
export interface Remote {
  /** Is this version there? `version` is native. */
  lookup(name: string, version: string, endpoints: Endpoints): HttpRequest;
  /** 404 is `absent`, 2xx is parsed, everything else is `unknown` with a reason. */
  presence(name: string, version: string, response: HttpResponse, endpoints: Endpoints): Presence;
  /** All versions of a name, native; `null` when the answer says nothing (an outage). */
  versions(name: string, endpoints: Endpoints): HttpRequest;
  parseVersions(name: string, response: HttpResponse): readonly string[] | null;
  /** The same question from somebody who may read, for registries that tell strangers nothing. */
  authorize(request: HttpRequest, credential: Credential): HttpRequest;
  /** Whether a registry may say that it has no such package to whoever may not see it. */
  mayHide?(name: string): boolean;
  /** Whose is a token? Absent where the registry has no such question. */
  readonly identity?: {
    ask(endpoints: Endpoints, credential: Credential): HttpRequest;
    read(response: HttpResponse): Identity;
  };
  /** Who may publish under a name? Absent where the registry has no such question. */
  readonly owners?: {
    ask(name: string, endpoints: Endpoints, credential: Credential): HttpRequest;
    read(response: HttpResponse): Ownership;
  };
  /** Named pointers to versions, where the registry has them; `null` when the answer says nothing. */
  readonly tags?: {
    ask(name: string, endpoints: Endpoints): HttpRequest;
    read(response: HttpResponse): Readonly<Record<string, string>> | null;
  };
}

/** What a registry says of a token. `unknown` (an outage) is never `refused`. */
export type Identity =
  /** It is good; the user and the groups of whom it is, as far as they are told. */
  | { readonly state: 'known'; readonly accounts: readonly string[] }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

export type Ownership =
  /** Not `complete` where others may have the right as well, by a team or an organisation. */
  | { readonly state: 'known'; readonly owners: readonly string[]; readonly complete: boolean }
  /** Nobody's name yet. */
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly reason: string };
