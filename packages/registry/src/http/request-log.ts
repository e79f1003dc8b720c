import type { FastifyInstance } from 'fastify';
import type { HttpConfig } from './config';
import { splitTarget } from './request-path';

/** One answered request. No query, no header, no body: what is secret is not in it. */
export interface RequestLogEntry {
  /** ISO 8601, when it was answered. */
  readonly at: string;
  /** The client has it, too: `x-request-id`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** A tool may put the token itself into the path when it logs out, so it is taken out of paths too. */
export function logRequests(
  app: FastifyInstance,
  { secrets, now }: Pick<HttpConfig, 'secrets' | 'now'>,
  write: (entry: RequestLogEntry) => void,
): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { path } = splitTarget(request.raw.url ?? '');
    write({
      at: now().toISOString(),
      id: request.id,
      method: request.method,
      path: redact(path, secrets),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}

/** Made tokens are known by their form; those that were given have none. */
function redact(path: string, secrets: readonly string[]): string {
  const given = secrets.reduce((text, secret) => text.replaceAll(secret, '<redacted>'), path);
  return given.replace(/forge_[\w-]{43}/g, '<redacted>');
}
