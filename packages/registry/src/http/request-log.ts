import type { FastifyInstance } from 'fastify';
import { splitTarget } from './request-path';

/** One answered request. No query, no header, no body: what is secret is not in it. */
export interface RequestLogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** A tool may put the token itself into the path when it logs out, so it is taken out of paths too. */
export function logRequests(
  app: FastifyInstance,
  secrets: readonly string[],
  write: (entry: RequestLogEntry) => void,
): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { path } = splitTarget(request.raw.url ?? '');
    write({
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
