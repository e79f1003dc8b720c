/** Base URLs of one registry, as the ecosystem's tools need them; keys are the ecosystem's own (`index`, `api`, `upload`). */
export type Endpoints = Readonly<Record<string, string>>;

/** A secret that opens a registry, and the account it belongs to where a registry wants a name. */
export interface Credential {
  readonly token: string;
  readonly username?: string;
}

export interface Credentials {
  /** Names of environment variables that carry the token, the usual one first. */
  readonly env: readonly string[];
  /** Where a person gets one. */
  readonly url: string;
}
