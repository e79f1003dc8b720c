import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller';
import type { PackageAddress } from '../accounts/scopes';
import { credentialsOf, identify } from '../http/authorization';
import { publicPathOf } from '../http/base-url';
import type { HttpConfig } from '../http/config';
import { identity } from '../http/identity';
import { sendFile } from '../http/send';
import { failureHandler, recordDenial } from './failures';
import { openApiOf } from './openapi';
import { readCall } from './read-call';
import { refusedFor, sendRefusal } from './refuse';
import type { ApiOutcome, ApiRefusal, ApiRoute } from './route';

export const apiPrefix = '/api/v1';

/** What hooks of the server may want to know of a route: `request.routeOptions.config`. */
declare module 'fastify' {
  interface FastifyContextConfig {
    readonly apiRoute?: ApiRoute;
  }
}

/** Mounts a table of routes. Who is refused for a token is so before the body is read. */
export function serveApi(
  app: FastifyInstance,
  config: HttpConfig,
  routes: readonly ApiRoute[],
): void {
  for (const route of routes) mount(app, config, route);
  const base = `${publicPathOf(config)}${apiPrefix}`;
  const document = lazily(() => openApiOf(routes, { version: identity.version, base }));
  app.get(`${apiPrefix}/openapi.json`, async () => document());
  app.all(`${apiPrefix}/*`, async ({ method }, reply) =>
    sendRefusal(reply, { kind: 'not-found', message: `there is no ${method} here` }),
  );
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function mount(app: FastifyInstance, config: HttpConfig, route: ApiRoute): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    // A HEAD that fastify 5 makes of a GET reads a file to its end, to throw it away.
    exposeHeadRoute: false,
    method: route.method === 'GET' ? ['GET', 'HEAD'] : route.method,
    url: `${apiPrefix}${route.path}`,
    bodyLimit: route.bodyLimit ?? 64 * 1024,
    config: { apiRoute: route },
    errorHandler: failureHandler(config),
    async onRequest(request, reply) {
      const identity = await identify(config.accounts, credentialsOf(request));
      if ('refusal' in identity) return sendRefusal(reply, identity.refusal);
      const { caller } = identity;
      const limited = config.limits.check(route.rate, caller?.user, request.ip);
      if (limited) return sendRefusal(reply, limited);
      const refusal = admit(config, route, caller, request);
      if (refusal) await tellOfDenial(config, route, request, caller, refusal);
      if (refusal) return sendRefusal(reply, refusal);
      if (caller) callers.set(request, caller);
      return undefined;
    },
    async handler(request, reply) {
      const call = readCall(route, request, callers.get(request), config);
      const outcome = call.ok ? await route.handle(call.value) : refusedFor(call.problems);
      return send(reply, outcome, config);
    },
  });
}

/** Reads are in no trail. */
async function tellOfDenial(
  config: HttpConfig,
  route: ApiRoute,
  request: FastifyRequest,
  caller: Caller | undefined,
  refusal: ApiRefusal,
): Promise<void> {
  const of = packageOf(request);
  if (caller) return recordDenial(config, route, caller, refusal, of);
  if (route.method === 'GET') return undefined;
  const subject = of ? `${of.ecosystem}:${of.name}` : route.path;
  const attempt = { address: request.ip, request: `${route.method} ${route.path}`, subject };
  return config.accounts.strangers.record(attempt);
}

/** Whether the token, if one is needed, is there and good for this. */
function admit(
  { accounts }: HttpConfig,
  route: ApiRoute,
  caller: Caller | undefined,
  request: FastifyRequest,
): ApiRefusal | undefined {
  const isOpen = route.access === 'public' && (route.isOpen || !accounts.settings.readsNeedToken);
  if (isOpen || (caller && route.access === 'public')) return undefined;
  if (!caller) return { kind: 'unauthorized', message: 'a valid token is needed' };
  if (route.access === 'admin' && !caller.isAdmin)
    return { kind: 'forbidden', message: 'this is for those who mind the whole server' };
  const permission = route.permission ?? 'read';
  if (caller.permits(permission, packageOf(request))) return undefined;
  return { kind: 'forbidden', message: `the token is not good for \`${permission}\`` };
}

function packageOf({ params }: FastifyRequest): PackageAddress | undefined {
  const { ecosystem, name } = params as Partial<PackageAddress>;
  return ecosystem === undefined || name === undefined ? undefined : { ecosystem, name };
}

function send(
  reply: FastifyReply,
  outcome: ApiOutcome,
  { store }: HttpConfig,
): FastifyReply | Promise<FastifyReply> {
  if ('refusal' in outcome) return sendRefusal(reply, outcome.refusal);
  const { status, body, headers = {}, file } = outcome;
  reply.code(status).headers(headers);
  return file ? sendFile(reply, store.blobs, file, 'application/octet-stream') : reply.send(body);
}
