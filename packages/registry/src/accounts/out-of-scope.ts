import { ForgeError } from '@forge/ecosystems';
import type { Permission } from './scopes';

/** What is said to a user whose token was made for something else. */
export function outOfScope(permission: Permission): ForgeError {
  return new ForgeError('FORGE-R040', { what: `the token is not good for \`${permission}\`` });
}
