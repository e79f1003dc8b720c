import type { FastifyServerOptions } from 'fastify';

/**
 * For routes without schemas of fastify's own: the management API has its own, the protocols have none. Without this,
 * fastify 5 loads its compilers of schemas with each server, and they are a quarter of all modules of a start.
 */
export const withoutSchemas = {
  schemaController: {
    compilersFactory: { buildValidator: refuse, buildSerializer: refuse },
  },
} satisfies FastifyServerOptions;

function refuse(): never {
  throw new Error('a route has a schema that nothing here compiles');
}
