import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Accounts } from '../../accounts/accounts';

/** The field of a form that holds its token. */
export const tokenField = 'form_token';

/** What only pages that were made for this very session know. */
export function formToken({ sessionKey }: Accounts, session: string | undefined): string {
  const purpose = `forge-registry forms ${session ?? ''}`;
  return createHmac('sha256', sessionKey).update(purpose).digest('base64url');
}

/** Whether a form was made for this session. */
export function isFormOf(accounts: Accounts, session: string | undefined, token: string): boolean {
  const expected = Buffer.from(formToken(accounts, session));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whether the browser says that a form was sent from a page of this server. `Sec-Fetch-Site` comes over TLS and from
 * this machine only, `Origin` with every form; whoever sends neither is no browser, and nobody's cookies are misused.
 */
export function isSentFromHere({ headers, host }: FastifyRequest, publicUrl?: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const hosts = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
  return hosts.includes(new URL(origin).host);
}
