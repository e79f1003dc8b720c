import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Result,
  type TokenOrder,
  type WantedToken,
  type WireCredentials,
  type WireRequest,
  type WireRoute,
  type WireToken,
} from '../../model';
import { jsonMembers } from '../../text';
import { json } from './answer';
import { accountOf } from './standing';

/**
 * `npm login`, `npm adduser`, `npm logout` and `npm token` (npm 11). Without `POST /-/v1/login` npm asks for a name
 * and a password by itself and sends them to the old address of CouchDB, which is `--auth-type=legacy`.
 */
export const accountRoutes: readonly WireRoute[] = [
  {
    kind: 'sign-in',
    method: 'PUT',
    path: '/-/user/:id',
    credentials: logIn,
    respond: ({ user, secret }) =>
      json(201, { ok: true, id: `org.couchdb.user:${user}`, token: secret }),
  },
  {
    kind: 'token',
    method: 'DELETE',
    path: '/-/user/token/:secret',
    order: ({ params }) => ok({ act: 'revoke', which: { secret: params['secret'] ?? '' } }),
    respond: () => json(200, { ok: true }),
  },
  {
    kind: 'token',
    method: 'GET',
    path: '/-/npm/v1/tokens',
    order: () => ok({ act: 'list' }),
    respond: (tokens) => {
      const objects = tokens.map(shown);
      return json(200, { objects, total: objects.length, urls: {} });
    },
  },
  {
    kind: 'token',
    method: 'POST',
    path: '/-/npm/v1/tokens',
    order: create,
    respond: ([made]) => json(201, made ? { ...shown(made), token: made.secret } : {}),
  },
  {
    kind: 'token',
    method: 'DELETE',
    path: '/-/npm/v1/tokens/token/:key',
    order: ({ params: { key = '' } }) => ok({ act: 'revoke', which: tokenOf(key) }),
    respond: () => ({ status: 204, body: '' }),
  },
  {
    kind: 'whoami',
    method: 'GET',
    path: '/-/npm/v1/user',
    respond: (_, { user = '' }) => json(200, { ...accountOf(user), tfa: false }),
  },
];

/** npm 11 sends the address with `adduser` and not with `login`. */
function logIn({ params, body }: WireRequest): Result<WireCredentials> {
  const { name, password, email } = jsonMembers(body);
  const user = (params['id'] ?? '').replace(/^org\.couchdb\.user:/, '');
  if (typeof password !== 'string' || (name !== undefined && name !== user))
    return malformed('the body is no user with a name and a password');
  const wants = { name: 'npm login' };
  const asked = { kind: 'password', user, password, wants } as const;
  return ok(typeof email === 'string' && email !== '' ? { ...asked, email } : asked);
}

/** Here nobody can have less than to read. */
const permissions = ['read-write', 'read-only', 'no-access'];

/** Options of `npm token create`; `cidr` and those of organizations know no counterpart here and are refused. */
function create({ body }: WireRequest): Result<TokenOrder> {
  const wanted = jsonMembers(body);
  const { password, name, expires, readonly } = wanted;
  if (typeof password !== 'string') return malformed('the password is missing');
  for (const option of ['cidr_whitelist', 'orgs', 'orgs_permission']) {
    if (wanted[option] !== undefined) return malformed(`\`${option}\` is not possible here`);
  }
  const { packages_and_scopes_permission: permission = 'read-write' } = wanted;
  if (typeof permission !== 'string' || !permissions.includes(permission))
    return malformed(`\`packages_and_scopes_permission\` is none of ${permissions.join(', ')}`);
  const isReading = readonly === true || permission !== 'read-write';
  const wants: WantedToken = {
    name: typeof name === 'string' ? name : 'npm token',
    ...(typeof expires === 'number' ? { expiresInDays: expires } : {}),
    ...scopesOf(isReading, textsOf(wanted['packages']), textsOf(wanted['scopes'])),
  };
  return ok({ act: 'make', wants, password });
}

function scopesOf(
  isReading: boolean,
  packages: readonly string[],
  scopes: readonly string[],
): Pick<WantedToken, 'scopes'> {
  if (isReading) return { scopes: ['read'] };
  const named = [...packages, ...scopes.map((scope) => `${scope}/*`)];
  return named.length === 0 ? {} : { scopes: named.map((name) => `publish:npm/${name}`) };
}

/** npm takes the shortest beginning of a key that no other one has, so none may begin like another. */
function keyOf({ id }: WireToken): string {
  return `${id}-token`;
}

/** `npm token revoke` takes a key or the token itself, and sends it on. */
function tokenOf(key: string): { readonly id: string } | { readonly secret: string } {
  const [, id] = /^(\d+)-token$/.exec(key) ?? [];
  return id === undefined ? { secret: key } : { id };
}

function shown(token: WireToken) {
  const { name, createdAt, expiresAt, scopes } = token;
  return {
    token: 'forge_',
    key: keyOf(token),
    name,
    cidr_whitelist: null,
    readonly: scopes.every((scope) => scope === 'read'),
    created: createdAt,
    updated: createdAt,
    ...(expiresAt === undefined ? {} : { expires: expiresAt }),
  };
}

function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is string => typeof each === 'string');
}

function malformed(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}
