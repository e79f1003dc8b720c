import { fail, ForgeError, ok, parseJson, type Result } from '@forge/ecosystems';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpConfig } from '../http/config';
import type { ApiCall, ApiRoute, Caller } from './route';

/** A call with all its parts as the schemas of the route read them. FORGE-R001 with every problem. */
export function readCall(
  route: ApiRoute,
  request: FastifyRequest,
  caller: Caller | undefined,
  config: HttpConfig,
): Result<ApiCall<unknown, unknown, unknown, Caller | undefined>> {
  const read = {
    params: readPart(route.params, request.params),
    query: readPart(route.query, request.query),
    body: readBody(route.body, request.body),
  };
  const problems = Object.entries(read).flatMap(([part, { error }]) =>
    error ? [new ForgeError('FORGE-R001', { what: `${part}: ${z.prettifyError(error)}` })] : [],
  );
  if (problems.length > 0) return fail(...problems);
  const { params, query, body } = read;
  return ok({ params: params.data, query: query.data, body: body.data, caller, config, request });
}

function readPart(schema: z.ZodType | undefined, value: unknown) {
  return (schema ?? nothing).safeParse(holdsNul(value) ? undefined : value);
}

/** PostgreSQL has no place for it in a text, and nothing that is asked here has a use for it. */
function holdsNul(value: unknown): boolean {
  return !(value instanceof Uint8Array) && JSON.stringify(value)?.includes('\\u0000') === true;
}

const nothing = z.unknown().transform(() => undefined);
const bytes = z.instanceof(Uint8Array).default(new Uint8Array());

/** Bodies come as bytes; none at all stands for an empty object. */
function readBody(schema: ApiRoute['body'], body: unknown) {
  if (schema === undefined || schema === 'bytes') return readPart(schema && bytes, body);
  const given = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  return readPart(schema, given.length === 0 ? {} : parseJson(given));
}
