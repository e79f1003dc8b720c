import { fail, ForgeError, type Result } from '@forge/ecosystems';
import { z } from 'zod';
import { addUser } from '../../accounts/add-user';
import { revokeApiTokens } from '../../accounts/api-tokens';
import { checkAttempt } from '../../accounts/log-in';
import { beginSession, leaveSession, refreshSession } from '../../accounts/sessions';
import type { UserRow } from '../../store';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';
import { shownUser, showUser } from './shown-user';

const asked = {
  tag: 'authentication',
  method: 'POST',
  access: 'public',
  rate: 'login',
  isOpen: true,
} as const;

const session = z.object({
  token: z.string().describe('goes into `Authorization: Bearer …`'),
  expires_at: z.iso.datetime(),
});

/** Becoming a user, and getting in with a password. */
export const authRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    path: '/auth/register',
    summary: 'Become a user, where the server lets everybody in',
    body: z.object({ username: z.string(), email: z.string(), password: z.string() }),
    answers: {
      201: shownUser.extend({ user_id: z.number(), email: z.string(), token: z.string() }),
    },
    async handle({ body, config: { accounts } }) {
      const { username, email, password } = body;
      const by = username;
      const added: Result<UserRow> = accounts.settings.registration
        ? await addUser(accounts, { username, email, password, isAdmin: false, by })
        : fail(new ForgeError('FORGE-R045', { what: 'this server lets nobody register' }));
      if (!added.ok) return refusedFor(added.problems);
      const { token } = await beginSession(accounts, username);
      return answer(201, { user_id: added.value.id, ...showUser(added.value), email, token });
    },
  }),
  route({
    ...asked,
    path: '/auth/login',
    summary: 'Begin a session with the name or e-mail address and the password of a user',
    body: z
      .object({ email: z.string(), username: z.string(), password: z.string() })
      .partial({ email: true, username: true }),
    answers: { 200: session.extend({ user: shownUser }) },
    async handle({ body: { email, username, password }, config: { accounts }, request }) {
      const name = email ?? username ?? '';
      const checked = await checkAttempt(accounts, { name, password, address: request.ip });
      if (!checked.ok) return refusedFor(checked.problems);
      const { token, expiresAt } = await beginSession(accounts, checked.value.username);
      return answer(200, {
        token,
        expires_at: expiresAt.toISOString(),
        user: showUser(checked.value),
      });
    },
  }),
  route({
    ...asked,
    path: '/auth/refresh',
    summary: 'Change the token of a session for a new one; the old one is not valid any more',
    answers: { 200: session },
    async handle({ config: { accounts }, request }) {
      const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const refreshed = await refreshSession(accounts, token);
      if (!refreshed.ok) return refusedFor(refreshed.problems);
      const { expiresAt } = refreshed.value;
      return answer(200, { token: refreshed.value.token, expires_at: expiresAt.toISOString() });
    },
  }),
  route({
    ...asked,
    path: '/auth/logout',
    access: 'user',
    rate: 'write',
    permission: 'read',
    summary: 'End the session, or revoke the token, that the request comes with',
    answers: { 204: z.undefined() },
    async handle({ caller: { user, by }, config: { accounts } }) {
      if (by.kind === 'session') await leaveSession(accounts, by.jti);
      if (by.kind === 'token') await revokeApiTokens(accounts, user, { id: by.id });
      return answer(204);
    },
  }),
];
