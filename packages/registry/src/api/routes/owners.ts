import { ok } from '@forge/ecosystems';
import { z } from 'zod';
import { findPackageAt, packageParams } from '../addresses';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';
import { changePackage } from './standing';

const path = '/packages/:ecosystem/:name/owners';
const asked = { tag: 'owners', access: 'owner', permission: 'owners', rate: 'write' } as const;

/** Who may publish and change a package, and letting others in. */
export const ownerRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path,
    summary: 'List the owners of a package, in the order in which they came',
    tag: 'owners',
    access: 'public',
    rate: 'read',
    params: packageParams,
    answers: { 200: z.object({ owners: z.array(z.string()) }) },
    handle: async ({ params, config }) => {
      const at = await findPackageAt(config, params);
      if (!at.ok) return refusedFor(at.problems);
      return answer(200, { owners: [...at.value.found.owners] });
    },
  }),
  route({
    ...asked,
    method: 'PUT',
    path,
    summary: 'Let users in as owners of a package',
    params: packageParams,
    body: z.object({ users: z.array(z.string()).min(1) }),
    answers: { 204: z.undefined() },
    handle: (call) =>
      changePackage(call, () => ok(call.body.users.map((user) => ({ kind: 'add-owner', user })))),
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: `${path}/:user`,
    summary: 'Take a user from the owners; the last one stays',
    params: packageParams.extend({ user: z.string() }),
    answers: { 204: z.undefined() },
    handle: (call) =>
      changePackage(call, () => ok([{ kind: 'remove-owner', user: call.params.user }])),
  }),
];
