import type { HttpRequest, HttpResponse } from './command';
import type { Endpoints } from './endpoints';
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
}
