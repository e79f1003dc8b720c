import {
  ok,
  type Ecosystem,
  type PackageChange,
  type Result,
  type StoredPackage,
} from '@forge/ecosystems';
import { z } from 'zod';
import { change } from '../../change/change';
import { findEcosystem, nativeVersion, versionParams } from '../addresses';
import { refusedFor } from '../refuse';
import { answer, route, type ApiCall, type ApiRoute, type PackageAddress } from '../route';

const reason = z.string().max(1000).default('').describe('why, for everybody to read');
const asked = {
  tag: 'versions',
  access: 'owner',
  permission: 'yank',
  rate: 'write',
  params: versionParams,
  answers: { 204: z.undefined() },
} as const;

/**
 * What owners may do with their versions whatever the ecosystem, also where its own tools know no such thing:
 * yank one and take it up again, or take its files back for good.
 */
export const standingRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    method: 'PUT',
    path: '/packages/:ecosystem/:name/:version/yank',
    summary:
      'Withdraw a version: nobody should choose it anew. May be repeated with another reason',
    body: z.object({ reason }),
    handle: (call) => {
      const notice = call.body.reason === '' ? {} : { notice: { message: call.body.reason } };
      return changeVersion(call, (version) => ({ kind: 'yank', version, ...notice }));
    },
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: '/packages/:ecosystem/:name/:version/yank',
    summary: 'Take a withdrawn version up again',
    handle: (call) => changeVersion(call, (version) => ({ kind: 'unyank', version })),
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: '/packages/:ecosystem/:name/:version/files',
    summary: 'Delete the files of a version for good; its number is used up',
    handle: (call) => changeVersion(call, (version) => ({ kind: 'remove', version })),
  }),
];

function changeVersion(
  call: ApiCall<z.output<typeof versionParams>>,
  toChange: (version: string) => PackageChange,
) {
  return changePackage(call, (found, ecosystem) => {
    const version = nativeVersion(found, ecosystem, call.params.version);
    return version.ok ? ok([toChange(version.value)]) : version;
  });
}

/** Does what is asked of a package in the one transaction for changes: 204, or why not. */
export async function changePackage(
  { params, caller, config }: ApiCall<PackageAddress>,
  changes: (found: StoredPackage, ecosystem: Ecosystem) => Result<readonly PackageChange[]>,
) {
  const ecosystem = findEcosystem(config, params.ecosystem);
  if (!ecosystem.ok) return refusedFor(ecosystem.problems);
  const outcome = await change(config.store, {
    ecosystem: ecosystem.value,
    name: params.name,
    changes: (found) => changes(found, ecosystem.value),
    user: caller.user,
    now: config.now(),
  });
  if (outcome.kind === 'refused') return { refusal: outcome.refusal };
  return answer(204);
}
