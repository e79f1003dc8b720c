import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Result,
  type TokenOrder,
  type WireRequest,
  type WireResponse,
  type WireRoute,
  type WireToken,
} from '../../../model';
import { jsonMembers } from '../../../text';
import { decodeTerm, fieldsOf, isTerms, textOf, type Term } from '../erlang';
import { answer } from './answer';

/** Keys, as `hex_core` and Mix make, list and revoke them (`/keys`), below `base`. */
export function keyRoutes(base: string): readonly WireRoute[] {
  const path = `${base}/keys`;
  return [
    {
      kind: 'token',
      method: 'POST',
      path,
      order: makeKey,
      respond: ([key], request) =>
        answer(request, 201, key ? { ...keyBody(key), secret: key.secret ?? '' } : null),
    },
    {
      kind: 'token',
      method: 'GET',
      path,
      order: () => ok({ act: 'list' }),
      respond: (keys, request) => answer(request, 200, keys.map(keyBody)),
    },
    revocation(path, () => 'all'),
    revocation(`${path}/:key`, ({ params }) => ({ name: params['key'] ?? '' })),
  ];
}

type Which = Extract<TokenOrder, { readonly act: 'revoke' }>['which'];

function revocation(path: string, which: (request: WireRequest) => Which): WireRoute {
  return {
    kind: 'token',
    method: 'DELETE',
    path,
    order: (request) => ok({ act: 'revoke', which: which(request) }),
    respond: ([key], request): WireResponse =>
      answer(request, 200, key ? { ...keyBody(key), authing_key: false } : null),
  };
}

interface Permission {
  readonly domain: string;
  readonly resource: string;
}

function makeKey(request: WireRequest): Result<TokenOrder> {
  const isJson = (request.headers['content-type'] ?? '').includes('json');
  const { name, permissions } = isJson ? readJson(request.body) : readTerm(request.body);
  if (name === '') return fail(new ForgeError('FORGE-R001', { what: 'name: is missing' }));
  const scopes = [...new Set(permissions.flatMap(scopesOf))];
  return ok({ act: 'make', wants: { name, ...(scopes.length > 0 ? { scopes } : {}) } });
}

/** Permissions of hexpm: a domain, and in it what the key is for. None at all is everything. */
function scopesOf({ domain, resource }: Permission): readonly string[] {
  if (domain === 'api')
    return resource === 'read' ? ['read'] : ['read', 'publish:hex', 'yank', 'owners'];
  if (domain === 'package') return [`publish:hex/${resource.replace(/^.*\//, '')}`];
  return ['read'];
}

interface Asked {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

function readTerm(body: Uint8Array): Asked {
  const fields = fieldsOf(decodeTerm(body));
  const listed = fields.get('permissions');
  const permissions = listed !== undefined && isTerms(listed) ? listed.map(permissionOf) : [];
  return { name: textOf(fields.get('name') ?? ''), permissions };
}

function permissionOf(term: Term): Permission {
  const fields = fieldsOf(term);
  const [domain, resource] = ['domain', 'resource'].map((key) => textOf(fields.get(key) ?? ''));
  return { domain: domain ?? '', resource: resource ?? '' };
}

function readJson(body: Uint8Array): Asked {
  const { name, permissions } = jsonMembers(body);
  const listed: unknown[] = Array.isArray(permissions) ? permissions : [];
  return {
    name: typeof name === 'string' ? name : '',
    permissions: listed.map((each) => {
      const { domain, resource } = (each ?? {}) as Partial<Permission>;
      return { domain: String(domain ?? ''), resource: String(resource ?? '') };
    }),
  };
}

function keyBody({ name, scopes, createdAt }: WireToken) {
  const permissions = scopes.map((scope) => {
    const [, resource] = /^publish:hex\/(.+)$/.exec(scope) ?? [];
    if (resource !== undefined) return { domain: 'package', resource };
    return { domain: 'api', resource: scope === 'read' ? 'read' : 'write' };
  });
  const once = [...new Map(permissions.map((each) => [JSON.stringify(each), each])).values()];
  return { name, permissions: once, inserted_at: createdAt, updated_at: createdAt };
}
