import type { FastifyInstance } from 'fastify';
import type Cors from '@fastify/cors';

/** Lets pages of these origins, and of no others, ask the server from a browser. Tokens go in a header, never in a cookie. */
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
