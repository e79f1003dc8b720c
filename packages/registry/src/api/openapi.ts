import { z } from 'zod';
import type { ApiRoute } from './route';

type Json = Readonly<Record<string, unknown>>;

/** The table of routes as an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12, as zod 4 writes them. */
export function openApiOf(
  routes: readonly ApiRoute[],
  { version, base }: { readonly version: string; readonly base: string },
): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'forge-registry',
      version,
      summary: 'Packages of all ecosystems in the same words',
    },
    servers: [{ url: base }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Refusal: toSchema(refusal, 'output') },
    },
  };
}

const refusal = z.object({
  code: z.string().describe('a code of docs/ERRORS.md, or the kind of the refusal'),
  message: z.string(),
});

function operationOf(route: ApiRoute): Json {
  const { access, permission, rate } = route;
  const body = bodyOf(route);
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(body && { requestBody: body }),
    responses: { ...answersOf(route), default: refusalAnswer },
    security: access === 'public' ? [{}, { token: [] }] : [{ token: [] }],
    'x-access': access,
    ...(access === 'public' ? {} : { 'x-permission': permission ?? 'read' }),
    'x-rate': rate,
  };
}

/** `PUT /packages/:ecosystem/:name/owners` is `putPackagesByEcosystemByNameOwners`. */
function operationId({ method, path }: ApiRoute): string {
  const words = path.split(/[/-]/).filter(Boolean);
  const named = words.map((word) =>
    word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word),
  );
  return method.toLowerCase() + named.join('');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

const refusalAnswer = {
  description: 'why not',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
};

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): readonly Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: property,
  }));
}

function bodyOf({ body }: ApiRoute): Json | undefined {
  if (body === undefined) return undefined;
  const content =
    body === 'bytes'
      ? { 'application/octet-stream': {} }
      : { 'application/json': { schema: toSchema(body, 'input') } };
  return { required: body === 'bytes' || !body.safeParse({}).success, content };
}

function answersOf({ answers }: ApiRoute): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      if (schema instanceof z.ZodUndefined) return [status, { description: 'done' }];
      const { description = 'done', ...rest } = toSchema(schema, 'output');
      const isBytes = schema instanceof z.ZodUnknown;
      const content = isBytes
        ? { 'application/octet-stream': {} }
        : { 'application/json': { schema: rest } };
      return [status, { description, content }];
    }),
  );
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    unrepresentable: 'any',
    io,
  });
  return rest;
}
