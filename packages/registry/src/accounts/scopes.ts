/** What a caller must be allowed to. `account`: what people do with their own user and its tokens. */
export type Permission = 'read' | 'publish' | 'yank' | 'owners' | 'account' | 'admin';

/** A package, its name in any spelling. */
export interface PackageAddress {
  readonly ecosystem: string;
  readonly name: string;
}

/** What a token is good for: `null` is everything that its user may. */
export type Scopes = readonly string[] | null;

const plainScopes: ReadonlySet<string> = new Set(['read', 'publish', 'yank', 'owners', 'admin']);

/** What tokens are made with where nobody asks for less. */
export const usualScopes: readonly string[] = ['read', 'publish', 'yank', 'owners'];

/** How names are compared: by the rules of their ecosystem. `undefined` for one that is not served. */
export type NormalizeName = (address: PackageAddress) => string | undefined;

/**
 * A scope as it is stored: `read`, `publish`, `yank`, `owners`, `admin`, `publish:ECOSYSTEM` or
 * `publish:ECOSYSTEM/NAME`, where a final `*` is every name that begins so. `undefined` for anything else.
 */
export function parseScope(text: string, normalize: NormalizeName): string | undefined {
  if (plainScopes.has(text)) return text;
  const [, ecosystem, name] = /^publish:([a-z][a-z0-9-]*)(?:\/(.+))?$/s.exec(text) ?? [];
  if (ecosystem === undefined) return undefined;
  const star = name?.endsWith('*') ? '*' : '';
  const spelled = name?.slice(0, name.length - star.length);
  const normalized = normalize({ ecosystem, name: spelled ?? 'any' });
  if (normalized === undefined) return undefined;
  return spelled === undefined ? text : `publish:${ecosystem}/${normalized}${star}`;
}

/**
 * Whether scopes cover an act. Every token reads: tools look at a package before they publish it. What
 * concerns the account itself is for passwords and sessions, and for tokens that may do everything.
 */
export function covers(
  scopes: Scopes,
  permission: Permission,
  of: PackageAddress | undefined,
  normalize: NormalizeName,
): boolean {
  if (scopes === null || permission === 'read') return true;
  if (scopes.includes('admin') || scopes.includes(permission)) return true;
  if (permission !== 'publish' || !of) return false;
  const name = normalize(of);
  if (name === undefined) return false;
  const address = `publish:${of.ecosystem}/${name}`;
  return scopes.some((scope) => {
    if (scope.endsWith('*')) return address.startsWith(scope.slice(0, -1));
    return scope === address || scope === `publish:${of.ecosystem}`;
  });
}

/** Whether scopes are good for everything that another scope is. */
export function holds(scopes: Scopes, scope: string): boolean {
  if (scopes === null || scopes.includes('admin') || scopes.includes(scope)) return true;
  if (scope === 'read') return true;
  const [, ecosystem] = /^publish:([^/]+)/.exec(scope) ?? [];
  return (
    ecosystem !== undefined &&
    (scopes.includes('publish') || scopes.includes(`publish:${ecosystem}`))
  );
}
