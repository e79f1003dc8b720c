import type { Ecosystem, Refusal, WireContext, WireRequest, WireResponse } from '@forge/ecosystems';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from './authorization';
import { digestRealm, type DigestRealm } from './digest';
import { handlers, type Exchange } from './handlers';
import { compileRoutes, type RouteMatch } from './match-route';
import { decodeSegments, splitTarget } from './request-path';
import { sendResponse } from './send';
import type { HttpConfig } from './config';

/** What is known of a request before its body is read. */
interface Admission {
  readonly match: RouteMatch;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly user: string | undefined;
}

/**
 * Serves one ecosystem's routes under its prefix. The server knows no ecosystem: the route's kind
 * says what to fetch, the wire renders. Route and token are judged before the body is read.
 */
export function serveEcosystem(
  app: FastifyInstance,
  config: HttpConfig,
  ecosystem: Ecosystem,
): void {
  const { wire, prefix } = ecosystem;
  const findRoute = compileRoutes(wire.routes);
  const digest =
    wire.digestRealm === undefined ? undefined : digestRealm(wire.digestRealm, config.now);
  const admissions = new WeakMap<FastifyRequest, Admission>();

  const admit = async (request: FastifyRequest, reply: FastifyReply) => {
    const refuse = (refusal: Refusal) => sendRefusal(reply, wire.refuse(refusal), refusal, digest);
    const { path, query } = splitTarget(request.raw.url ?? '/');
    const segments = decodeSegments(path.slice(prefix.length));
    if (!segments) return refuse({ kind: 'invalid', message: 'the path has a malformed escape' });
    const match = findRoute(request.method, segments);
    if (!match) return refuse({ kind: 'not-found', message: `there is no ${request.method} here` });
    const user = await authenticate(config.store.db, credentialsOf(request), digest);
    if (needsUser(match) && user === undefined) return refuse(noToken);
    if (Number(request.headers['content-length'] ?? 0) > wire.bodyLimit) return refuse(tooLarge);
    admissions.set(request, {
      match,
      path: `/${segments.join('/')}`,
      query: Object.fromEntries(new URLSearchParams(query)),
      user,
    });
    return undefined;
  };

  const handle = (request: FastifyRequest, reply: FastifyReply) => {
    const admission = admissions.get(request);
    if (!admission) throw new Error('a request reached its handler without being admitted');
    const { match } = admission;
    const exchange: Exchange = {
      ecosystem,
      store: config.store,
      now: config.now,
      reply,
      request: toWireRequest(request, admission),
      context: toContext(request, config, prefix, admission.user),
    };
    return handlers[match.route.kind](match.route as never, exchange);
  };

  const onTooLarge = (
    error: { readonly code?: string },
    _: FastifyRequest,
    reply: FastifyReply,
  ) => {
    if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
    return sendRefusal(reply, wire.refuse(tooLarge), tooLarge, digest);
  };

  const options = { onRequest: admit, errorHandler: onTooLarge, bodyLimit: wire.bodyLimit };
  app.all(prefix, options, handle);
  app.all(`${prefix}/*`, options, handle);
}

const noToken: Refusal = {
  kind: 'unauthorized',
  message: 'the request carries no valid token of this registry',
};
const tooLarge: Refusal = { kind: 'too-large', message: 'the upload is too large' };

function needsUser({ route }: RouteMatch): boolean {
  return route.kind === 'publish' || route.kind === 'whoami';
}

function sendRefusal(
  reply: FastifyReply,
  response: WireResponse,
  refusal: Refusal,
  digest: DigestRealm | undefined,
): FastifyReply {
  if (refusal.kind === 'unauthorized' && digest) {
    reply.header('www-authenticate', digest.challenge());
  }
  return sendResponse(reply, response);
}

function credentialsOf(request: FastifyRequest) {
  const { authorization } = request.headers;
  return { method: request.method, target: request.raw.url ?? '', authorization };
}

function toWireRequest(request: FastifyRequest, admission: Admission): WireRequest {
  const { match, path, query } = admission;
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return {
    method: request.method,
    path,
    params: match.params,
    query,
    headers: Object.fromEntries(headers),
    body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
  };
}

function toContext(
  request: FastifyRequest,
  { store, publicUrl }: HttpConfig,
  prefix: string,
  user: string | undefined,
): WireContext {
  const origin = publicUrl ?? `http://${request.host}`;
  return {
    baseUrl: `${origin}${prefix}`,
    keys: store.keys,
    ...(user === undefined ? {} : { user }),
  };
}
