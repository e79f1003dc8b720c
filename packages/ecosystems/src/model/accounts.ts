/** A token of a user as protocols tell of it. */
export interface WireToken {
  readonly id: string;
  readonly user: string;
  /** As the user calls it. */
  readonly name: string;
  /** The server's own words: `read`, `publish`, `publish:ECOSYSTEM/NAME`, `yank`, `owners`, `admin`. */
  readonly scopes: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601; never, if absent. */
  readonly expiresAt?: string;
  /** The token itself: told once, to whom it was made for. */
  readonly secret?: string;
}

/** What a token is wanted for. */
export interface WantedToken {
  readonly name: string;
  /** Default: everything but `admin`. */
  readonly scopes?: readonly string[];
  readonly expiresInDays?: number;
}

/** What is changed for a token. */
export type WireCredentials =
  | {
      readonly kind: 'password';
      readonly user: string;
      readonly password: string;
      readonly wants: WantedToken;
      /** Set where the protocol makes users by the same request; followed only where the server lets everybody in. */
      readonly email?: string;
    }
  /** Signed by a provider of identities (OpenID Connect): gives a token for one package or those of the publisher. */
  | {
      readonly kind: 'identity';
      readonly jwt: string;
      readonly packageName?: string;
      /** For whom the tool lets it be made, by the name of the host that clients know this server by. */
      readonly audience: (host: string) => string;
    }
  /** A token that there is, for a tool that wants to change it: it is given back as it is, if it is valid. */
  | { readonly kind: 'token'; readonly secret: string };

/** What is asked about the tokens of the user who asks. */
export type TokenOrder =
  | { readonly act: 'list' }
  /** `password`: once more, where the tool asks for it; checked if given. */
  | { readonly act: 'make'; readonly wants: WantedToken; readonly password?: string }
  | { readonly act: 'revoke'; readonly which: RevokedTokens };

/** By id, by name, the token itself, the one that came with the request, or all. */
export type RevokedTokens =
  | { readonly id: string }
  | { readonly name: string }
  | { readonly secret: string }
  | 'this'
  | 'all';
