import { z } from 'zod';
import type { UserRow } from '../../store';

/** What everybody may know of a user: no e-mail address. */
export const shownUser = z.object({ username: z.string(), created_at: z.iso.datetime() });

export function showUser({ username, createdAt }: UserRow): z.input<typeof shownUser> {
  return { username, created_at: createdAt.toISOString() };
}

/** What users may know of themselves, and administrators of everybody. */
export const ownUser = shownUser.extend({
  email: z.string().nullable(),
  is_admin: z.boolean(),
  is_blocked: z.boolean(),
});

export function showOwnUser(user: UserRow): z.input<typeof ownUser> {
  const { email, isAdmin, isBlocked } = user;
  return { ...showUser(user), email, is_admin: isAdmin, is_blocked: isBlocked };
}
