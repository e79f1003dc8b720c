import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type PackageChange,
  type Result,
  type StoredPackage,
  type WireRequest,
  type WireResponse,
  type WireRoute,
} from '../../../model';
import { retirementReasons } from '../retirement';
import { answer, notFound } from './answer';
import { bodyOf } from './body';

const hour = 60 * 60 * 1000;

type Changes = Extract<WireRoute, { kind: 'change' }>['changes'];

/** What `mix hex.retire`, `mix hex.publish --revert` and `mix hex.owner` ask (Hex 2.5), below `base`. */
export function changeRoutes(base: string): readonly WireRoute[] {
  const release = `${base}/packages/:name/releases/:version`;
  const owners = `${base}/packages/:name/owners`;
  return [
    changeRoute('POST', `${release}/retire`, (_, request) => retire(request)),
    changeRoute('DELETE', `${release}/retire`, (_, { params }) =>
      ok([{ kind: 'unyank', version: params['version'] ?? '' }]),
    ),
    changeRoute('DELETE', release, revert),
    changeRoute('PUT', `${owners}/:user`, (found, request) => addOwner(found, request)),
    changeRoute('DELETE', `${owners}/:user`, (_, { params }) =>
      ok([{ kind: 'remove-owner', user: userOf(params) }]),
    ),
    {
      kind: 'package',
      method: 'GET',
      path: owners,
      packageName,
      respond: (found, request) =>
        found ? answer(request, 200, found.owners.map(ownerBody)) : notFound(request),
    },
    {
      kind: 'package',
      method: 'GET',
      path: `${owners}/:user`,
      packageName,
      respond: (found, request) => {
        const owner = found?.owners.find((each) => each === userOf(request.params));
        return owner === undefined ? notFound(request) : answer(request, 200, ownerBody(owner));
      },
    },
  ];
}

function changeRoute(method: 'POST' | 'PUT' | 'DELETE', path: string, changes: Changes): WireRoute {
  return { kind: 'change', method, path, packageName, changes, respond: noContent };
}

/** A retired release is still chosen and fetched; Hex warns of it with the message. */
function retire(request: WireRequest): Result<readonly PackageChange[]> {
  const body = bodyOf(request);
  const [reason, message] = [body.get('reason') ?? '', body.get('message') ?? ''];
  if (!retirementReasons.includes(reason))
    return malformed(`reason: must be one of ${retirementReasons.join(', ')}`);
  if (message.length > 140) return malformed('message: should be at most 140 characters');
  return ok([
    { kind: 'yank', version: request.params['version'] ?? '', notice: { message, reason } },
  ]);
}

/** hexpm takes a release back for an hour, within a day of the package's first one at any time. */
function revert(
  { versions }: StoredPackage,
  { params: { version = '' } }: WireRequest,
  now: string,
): Result<readonly PackageChange[]> {
  const age = (publishedAt: string): number => Date.parse(now) - Date.parse(publishedAt);
  const release = versions.find((each) => each.version === version);
  const oldest = Math.max(...versions.map(({ publishedAt }) => age(publishedAt)));
  if (release && age(release.publishedAt) > hour && oldest > 24 * hour) {
    const what = 'inserted_at: can only delete a release up to one hour after creation';
    return fail(new ForgeError('FORGE-R013', { what }));
  }
  return ok([{ kind: 'remove', version, reusable: true }]);
}

/** With `transfer` the new owner is the only one from now on. */
function addOwner(
  { owners }: StoredPackage,
  request: WireRequest,
): Result<readonly PackageChange[]> {
  const user = userOf(request.params);
  const transfers = bodyOf(request).get('transfer') === 'true';
  const leaving = transfers ? owners.filter((owner) => owner !== user) : [];
  return ok([
    { kind: 'add-owner', user },
    ...leaving.map((owner): PackageChange => ({ kind: 'remove-owner', user: owner })),
  ]);
}

/** A name or an address, which is made of the name. */
function userOf({ user = '' }: WireRequest['params']): string {
  return user.replace(/@localhost$/, '');
}

function ownerBody(username: string) {
  return { username, email: `${username}@localhost`, level: 'full' };
}

function packageName({ params }: WireRequest): string {
  return params['name'] ?? '';
}

function malformed(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}

function noContent(): WireResponse {
  return { status: 204, body: '' };
}
