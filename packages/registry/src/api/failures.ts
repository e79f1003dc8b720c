import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig } from '../http/config';
import { recordAudit } from '../store';
import { sendRefusal } from './refuse';
import type { ApiRefusal, ApiRoute, Caller, PackageAddress } from './route';

/** What the database says of changes that are not possible; see the triggers of the schema. */
const conflicts: Readonly<Record<string, string>> = {
  FR001: 'what was published, or is closed, stays as it is',
  '23505': 'somebody else has just done the same',
};

/** Turns what is thrown below a route into `{code, message}`. What is our own fault is told to nobody but the log. */
export function failureHandler({ onError }: HttpConfig) {
  return (
    error: { readonly code?: string; readonly statusCode?: number; readonly message: string },
    _: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply => {
    const { code = '', statusCode = 500, message } = error;
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return sendRefusal(reply, { kind: 'too-large', message: 'the body is too large' });
    const conflict = conflicts[code];
    if (conflict !== undefined) return sendRefusal(reply, { kind: 'conflict', message: conflict });
    if (statusCode < 500) return reply.code(statusCode).send({ code: 'invalid', message });
    onError(error);
    const hidden = 'the server failed; its log says more';
    return reply.code(500).send({ code: 'internal', message: hidden });
  };
}

/** Who tries to change something and may not is told in the audit, whatever it is. */
export async function recordDenial(
  { store, now }: HttpConfig,
  { method, path }: ApiRoute,
  { user }: Caller,
  refusal: ApiRefusal,
  of: PackageAddress | undefined,
): Promise<void> {
  if (method === 'GET') return;
  await recordAudit(store.db, {
    at: now(),
    actor: user,
    action: 'request.denied',
    subject: of ? `${of.ecosystem}:${of.name}` : path,
    detail: { request: `${method} ${path}`, reason: refusal.message },
  });
}
