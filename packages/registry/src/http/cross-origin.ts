import type { FastifyInstance } from 'fastify';
import type Cors from '@fastify/cors';

/**
 * Lets pages of these origins, and of no others, ask the server from a browser, with tokens in a header. The cookie of our
 * own pages is not for them: without `Access-Control-Allow-Credentials` they see no answer to a request that carries it.
 */
export async function allowOrigins(
  app: FastifyInstance,
  origins: readonly string[],
): Promise<void> {
  const cors = require('@fastify/cors') as typeof Cors;
  await app.register(cors, {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['retry-after', 'x-request-id'],
    maxAge: 600,
  });
}
