import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientFault, type Thrown } from '../http/client-faults';
import type { HttpConfig } from '../http/config';
import { hiddenFault, serverFault } from '../http/server-fault';
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
  return (error: Thrown, _: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const conflict = conflicts[error.code ?? ''];
    if (conflict !== undefined) return sendRefusal(reply, { kind: 'conflict', message: conflict });
    const fault = clientFault(error);
    if (fault) return sendRefusal(reply, { kind: fault.kind, message: fault.message });
    onError(error);
    return serverFault(reply).send({ code: 'internal', message: hiddenFault });
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
