import type { ForgeError } from '@forge/ecosystems';
import type { FastifyReply } from 'fastify';
import { toRefusal } from '../publish/refusal';
import type { ApiRefusal } from './route';

const statuses: Readonly<Record<ApiRefusal['kind'], number>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unprocessable: 422,
  'too-many': 429,
  unreachable: 502,
};

/** Requests that are right in themselves, but for what is (not) here. */
const unprocessable: ReadonlySet<string | undefined> = new Set(['FORGE-R061', 'FORGE-R063']);

/** `{code, message}` with the status of its kind: the form of every refusal of the management API. */
export function sendRefusal(
  reply: FastifyReply,
  { kind, code, message, retryAfterSeconds }: ApiRefusal,
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  const status = unprocessable.has(code) ? 422 : statuses[kind];
  return reply.code(status).send({ code: code ?? kind, message });
}

/** What a handler answers that does not do what is asked. */
export function refused(
  kind: ApiRefusal['kind'],
  message: string,
): { readonly refusal: ApiRefusal } {
  return { refusal: { kind, message } };
}

/** The same for problems with codes: their kind follows from the code. */
export function refusedFor(problems: readonly ForgeError[]): { readonly refusal: ApiRefusal } {
  return { refusal: toRefusal(problems) };
}
