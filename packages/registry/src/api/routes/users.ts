import { ForgeError } from '@forge/ecosystems';
import { z } from 'zod';
import { addUser } from '../../accounts/add-user';
import { changeUser } from '../../accounts/change-user';
import { checkAttempt } from '../../accounts/log-in';
import { findUser, listUsers } from '../../store';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';
import { ownUser, shownUser, showOwnUser, showUser } from './shown-user';

const params = z.object({ username: z.string() });
const minding = { tag: 'users', access: 'admin', permission: 'admin', rate: 'write' } as const;

/** Users, as they see themselves, as others see them, and as administrators mind them. */
export const userRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/users/me',
    summary: 'Show the user whose token this is',
    tag: 'users',
    access: 'user',
    rate: 'read',
    answers: { 200: ownUser },
    async handle({ caller, config }) {
      const user = await findUser(config.store.db, caller.user);
      return user ? answer(200, showOwnUser(user)) : absent(caller.user);
    },
  }),
  route({
    method: 'PUT',
    path: '/users/me/password',
    summary: 'Choose another password; all sessions end',
    tag: 'users',
    access: 'user',
    permission: 'account',
    rate: 'login',
    body: z.object({ current: z.string(), password: z.string() }),
    answers: { 204: z.undefined() },
    async handle({ caller: { user }, body, config: { accounts }, request }) {
      const attempt = { name: user, password: body.current, address: request.ip };
      const checked = await checkAttempt(accounts, attempt);
      if (!checked.ok) return refusedFor(checked.problems);
      const changed = await changeUser(accounts, user, { password: body.password }, user);
      return changed.ok ? answer(204) : refusedFor(changed.problems);
    },
  }),
  route({
    method: 'GET',
    path: '/users/:username',
    summary: 'Show a user, without the e-mail address',
    tag: 'users',
    access: 'public',
    rate: 'read',
    params,
    answers: { 200: shownUser },
    async handle({ params: { username }, config }) {
      const user = await findUser(config.store.db, username);
      return user ? answer(200, showUser(user)) : absent(username);
    },
  }),
  route({
    ...minding,
    method: 'GET',
    path: '/users',
    rate: 'read',
    summary: 'List all users',
    answers: { 200: z.object({ users: z.array(ownUser) }) },
    async handle({ config }) {
      const users = await listUsers(config.store.db);
      return answer(200, { users: users.map(showOwnUser) });
    },
  }),
  route({
    ...minding,
    method: 'POST',
    path: '/users',
    summary: 'Let somebody in',
    body: z.object({
      username: z.string(),
      email: z.string().nullable().default(null),
      password: z.string().nullable().default(null),
      is_admin: z.boolean().default(false),
    }),
    answers: { 201: ownUser },
    async handle({ caller, body, config: { accounts } }) {
      const { username, email, password, is_admin: isAdmin } = body;
      const by = caller.user;
      const added = await addUser(accounts, { username, email, password, isAdmin, by });
      return added.ok ? answer(201, showOwnUser(added.value)) : refusedFor(added.problems);
    },
  }),
  route({
    ...minding,
    method: 'PATCH',
    path: '/users/:username',
    summary: 'Give a user a new password, block them, or make them an administrator',
    params,
    body: z
      .object({ password: z.string(), is_admin: z.boolean(), is_blocked: z.boolean() })
      .partial(),
    answers: { 200: ownUser },
    async handle({ caller, params: { username }, body, config: { accounts } }) {
      const { password, is_admin: isAdmin, is_blocked: isBlocked } = body;
      const order = { password, isAdmin, isBlocked };
      const changed = await changeUser(accounts, username, order, caller.user);
      return changed.ok ? answer(200, showOwnUser(changed.value)) : refusedFor(changed.problems);
    },
  }),
];

function absent(username: string) {
  return refusedFor([new ForgeError('FORGE-R010', { what: `there is no user \`${username}\`` })]);
}
