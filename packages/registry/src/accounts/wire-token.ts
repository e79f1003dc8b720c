import type { WireToken } from '@forge/ecosystems';
import type { MadeToken } from '../store';
import type { FreshToken } from './api-tokens';

/** A token as protocols tell of it; with its secret where it was made just now. */
export function toWireToken(token: MadeToken | FreshToken): WireToken {
  const { id, username, name, scopes, createdAt, expiresAt } = token;
  return {
    id: String(id),
    user: username,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    ...('secret' in token ? { secret: token.secret } : {}),
  };
}
