import type { FastifyRequest } from 'fastify';
import type { Onward } from '../page';
import { home } from '../paths';

const name = 'forge_session';

/** What the browser comes with: a session, or a token that its holder gave. Neither has signs that a cookie cannot hold. */
export function readSession({ headers }: FastifyRequest): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [key = '', value = ''] = pair.split('=', 2);
    if (key.trim() === name && /^[\w.~-]+$/.test(value)) return value;
  }
  return undefined;
}

/** No script reads it, no other site sends it along with a form, and no protocol sees it. */
export function writeSession(
  session: NonNullable<Onward['session']> | null,
  { isSecure, publicPath }: { readonly isSecure: boolean; readonly publicPath: string },
) {
  const { secret, seconds } = session ?? { secret: '', seconds: 0 };
  return [
    `${name}=${secret}`,
    `Path=${publicPath}${home}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
    ...(seconds === undefined ? [] : [`Max-Age=${seconds}`]),
  ].join('; ');
}
