import type { Ecosystem } from '@forge/ecosystems';
import {
  covers,
  holds,
  type NormalizeName,
  type PackageAddress,
  type Permission,
  type Scopes,
} from './scopes';

/** Who sends a request, and what the token, password or session that came with it is good for. */
export interface Caller {
  readonly user: string;
  /** True where the user minds the whole server and came with something that is good for it. */
  readonly isAdmin: boolean;
  /** What the caller came with; a password alone belongs to nothing that could be revoked. */
  readonly by:
    | { readonly kind: 'token'; readonly id: number }
    | { readonly kind: 'session'; readonly jti: string }
    | { readonly kind: 'password' };
  /** `of`: the package that it is about, where it is about one. */
  permits(permission: Permission, of?: PackageAddress): boolean;
  /** Whether what the caller came with is good for everything that this scope is. */
  holds(scope: string): boolean;
}

/** A user as let in: whose it is and what it is good for. */
export interface Grant {
  readonly username: string;
  readonly isAdmin: boolean;
  readonly scopes: Scopes;
}

export function toCaller(grant: Grant, by: Caller['by'], normalize: NormalizeName): Caller {
  const { username, scopes } = grant;
  const isAdmin = grant.isAdmin && (scopes === null || scopes.includes('admin'));
  return {
    user: username,
    isAdmin,
    by,
    permits: (permission, of) =>
      permission === 'admin' ? isAdmin : covers(scopes, permission, of, normalize),
    holds: (scope) => holds(scopes, scope),
  };
}

/** Names as each of the ecosystems compares them. */
export function normalizeBy(ecosystems: readonly Ecosystem[]): NormalizeName {
  return ({ ecosystem, name }) => {
    const found = ecosystems.find(({ id }) => id === ecosystem);
    return found?.normalizeName(name);
  };
}
