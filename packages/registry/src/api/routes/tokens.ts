import { ForgeError } from '@forge/ecosystems';
import { z } from 'zod';
import { apiTokensOf, makeApiToken, revokeApiTokens } from '../../accounts/api-tokens';
import type { MadeToken } from '../../store';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';

const path = '/users/me/tokens';
const asked = {
  tag: 'tokens',
  access: 'user',
  permission: 'account',
  rate: 'write',
} as const;

const shownToken = z.object({
  id: z.number(),
  name: z.string(),
  scopes: z.array(z.string()),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
});

/** Tokens for tools: with scopes, with an end, revoked at once. A token makes others only if it may do everything. */
export const tokenRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    method: 'GET',
    path,
    rate: 'read',
    summary: 'List the tokens of the user, never the tokens themselves',
    answers: { 200: z.object({ tokens: z.array(shownToken) }) },
    async handle({ caller, config: { accounts } }) {
      const tokens = await apiTokensOf(accounts, caller.user);
      return answer(200, { tokens: tokens.map(show) });
    },
  }),
  route({
    ...asked,
    method: 'POST',
    path,
    summary: 'Make a token; it is shown in this answer and never again',
    body: z.object({
      name: z.string().min(1).max(200),
      scopes: z
        .array(z.string().max(300))
        .max(100)
        .describe('read, publish, publish:ECOSYSTEM, publish:ECOSYSTEM/NAME, yank, owners, admin'),
      expires_in_days: z.number().int().min(1).max(3650).optional(),
    }),
    answers: { 201: shownToken.extend({ token: z.string() }) },
    async handle({ caller, body, config: { accounts } }) {
      const made = await makeApiToken(accounts, {
        user: caller.user,
        isAdmin: caller.isAdmin,
        name: body.name,
        scopes: body.scopes,
        ...(body.expires_in_days === undefined ? {} : { expiresInDays: body.expires_in_days }),
      });
      if (!made.ok) return refusedFor(made.problems);
      return answer(201, { ...show(made.value), token: made.value.secret });
    },
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Revoke a token, at once',
    params: z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    answers: { 204: z.undefined() },
    async handle({ caller, params: { id }, config: { accounts } }) {
      const revoked = await revokeApiTokens(accounts, caller.user, { id });
      if (revoked.length > 0) return answer(204);
      return refusedFor([new ForgeError('FORGE-R010', { what: `there is no token ${id}` })]);
    },
  }),
];

function show({ id, name, scopes, createdAt, expiresAt }: MadeToken): z.input<typeof shownToken> {
  const [created_at, expires_at] = [createdAt.toISOString(), expiresAt?.toISOString() ?? null];
  return { id, name, scopes: [...scopes], created_at, expires_at };
}
