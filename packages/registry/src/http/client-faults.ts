import type { Refusal } from '@forge/ecosystems';
import { tooLarge } from './admission';

/** As fastify, the database and node throw it. */
export interface Thrown {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message: string;
}

/** What is wrong with the request that led to an error; undefined where the server is at fault. */
export function clientFault(error: Thrown): Refusal | undefined {
  const { code, statusCode = 500, message } = error;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge;
  if (isUnstorable(error))
    return { kind: 'invalid', message: 'a text in it has a NUL or half of a character' };
  return statusCode < 500 ? { kind: 'invalid', message } : undefined;
}

/** SQLSTATE of PostgreSQL for a NUL in a text, for one in JSON, and for half of a surrogate pair in JSON. */
function isUnstorable({ code, message }: Thrown): boolean {
  return code === '22021' || code === '22P05' || (code === '22P02' && / json$/.test(message));
}
