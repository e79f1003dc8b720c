import { z } from 'zod';
import { distrustPublisher, trustPublisher } from '../../accounts/oidc/trust';
import { listPublishers, type TrustedPublisher } from '../../store';
import { findEcosystem, packageParams } from '../addresses';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';

const path = '/packages/:ecosystem/:name/trusted-publishers';
const asked = {
  tag: 'trusted publishing',
  access: 'owner',
  permission: 'owners',
  rate: 'write',
} as const;

const shownPublisher = z.object({
  id: z.number(),
  issuer: z.string(),
  claims: z.record(z.string(), z.string()),
  added_by: z.string(),
  added_at: z.iso.datetime(),
});

/** Which jobs elsewhere may publish a package without a token that is kept there. */
export const trustedPublisherRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    method: 'GET',
    path,
    access: 'user',
    permission: 'read',
    rate: 'read',
    summary: 'List the identities that a package trusts',
    params: packageParams,
    answers: { 200: z.object({ publishers: z.array(shownPublisher) }) },
    async handle({ params, config }) {
      const ecosystem = findEcosystem(config, params.ecosystem);
      if (!ecosystem.ok) return refusedFor(ecosystem.problems);
      const { id, normalizeName } = ecosystem.value;
      const found = await listPublishers(config.store.db, id, normalizeName(params.name));
      return answer(200, { publishers: found.map(show) });
    },
  }),
  route({
    ...asked,
    method: 'POST',
    path,
    summary: 'Trust identities of a provider with a package, also with one that is not there yet',
    params: packageParams,
    body: z.object({
      issuer: z.string().max(500),
      claims: z
        .record(z.string().max(100), z.string().max(500))
        .refine((claims) => Object.keys(claims).length <= 20, 'at most 20 claims')
        .describe('what the token must claim; a final * is whatever comes'),
    }),
    answers: { 201: shownPublisher },
    async handle({ params, body, caller, config }) {
      const ecosystem = findEcosystem(config, params.ecosystem);
      if (!ecosystem.ok) return refusedFor(ecosystem.problems);
      const request = { ecosystem: ecosystem.value, packageName: params.name, user: caller.user };
      const added = await trustPublisher(config.accounts, request, body);
      return added.ok ? answer(201, show(added.value)) : refusedFor(added.problems);
    },
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Trust an identity no longer',
    params: packageParams.extend({
      id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    }),
    answers: { 204: z.undefined() },
    async handle({ params, caller, config }) {
      const ecosystem = findEcosystem(config, params.ecosystem);
      if (!ecosystem.ok) return refusedFor(ecosystem.problems);
      const request = { ecosystem: ecosystem.value, packageName: params.name, user: caller.user };
      const gone = await distrustPublisher(config.accounts, request, params.id);
      return gone.ok ? answer(204) : refusedFor(gone.problems);
    },
  }),
];

function show({
  id,
  issuer,
  claims,
  addedBy,
  addedAt,
}: TrustedPublisher): z.input<typeof shownPublisher> {
  return { id, issuer, claims: { ...claims }, added_by: addedBy, added_at: addedAt.toISOString() };
}
