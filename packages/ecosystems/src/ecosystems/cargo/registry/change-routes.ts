import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type PackageChange,
  type Result,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { jsonMembers } from '../../../text';
import { json } from './answer';

const owners = '/api/v1/crates/:name/owners';

/** What `cargo yank` and `cargo owner` ask (cargo 1.95). */
export const changeRoutes: readonly WireRoute[] = [
  {
    kind: 'change',
    method: 'DELETE',
    path: '/api/v1/crates/:name/:version/yank',
    packageName,
    changes: (_, { params }) => ok([{ kind: 'yank', version: params['version'] ?? '' }]),
    respond: () => json(200, { ok: true }),
  },
  {
    kind: 'change',
    method: 'PUT',
    path: '/api/v1/crates/:name/:version/unyank',
    packageName,
    changes: (_, { params }) => ok([{ kind: 'unyank', version: params['version'] ?? '' }]),
    respond: () => json(200, { ok: true }),
  },
  {
    kind: 'package',
    method: 'GET',
    path: owners,
    packageName,
    respond: (found) =>
      found
        ? json(200, { users: found.owners.map(userOf) })
        : json(404, { errors: [{ detail: 'no such crate' }] }),
  },
  ownersRoute('PUT', 'add-owner', 'now an owner'),
  ownersRoute('DELETE', 'remove-owner', 'no owner any more'),
];

function ownersRoute(
  method: 'PUT' | 'DELETE',
  kind: 'add-owner' | 'remove-owner',
  outcome: string,
): WireRoute {
  return {
    kind: 'change',
    method,
    path: owners,
    packageName,
    changes: (_, request) => {
      const users = usersIn(request);
      if (!users.ok) return users;
      return ok(users.value.map((user): PackageChange => ({ kind, user })));
    },
    // cargo prints `msg`.
    respond: (request) => {
      const users = usersIn(request);
      const names = users.ok ? users.value.join(', ') : '';
      return json(200, { ok: true, msg: `${names}: ${outcome} of ${packageName(request)}` });
    },
  };
}

/** `{"users":["alice"]}`. */
function usersIn({ body }: WireRequest): Result<readonly string[]> {
  const { users } = jsonMembers(body);
  if (Array.isArray(users) && users.every((user) => typeof user === 'string') && users.length > 0)
    return ok(users);
  return fail(new ForgeError('FORGE-R001', { what: 'the body names no users' }));
}

/** cargo demands a number; here a user is a name, so it is the place in the list. */
function userOf(login: string, index: number) {
  return { id: index + 1, login, name: login };
}

function packageName({ params }: WireRequest): string {
  return params['name'] ?? '';
}
