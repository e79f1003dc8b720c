import type { Ecosystem, Refusal, WireContext, WireRequest } from '@forge/ecosystems';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gatekeeper, type Admission, type RouteGroup } from './admission';
import type { HttpConfig } from './config';
import { baseUrlOf } from './base-url';
import { clientFault, type Thrown } from './client-faults';
import { digestRealm } from './digest';
import { handle } from './handlers';
import { keepDocuments } from './kept-documents';
import { openReadThrough } from '../upstream/read-through';
import { sendResponse } from './send';

/**
 * Serves one ecosystem's routes under its prefix, and the few that tools look for at the root. The server knows no ecosystem: the route's kind
 * says what to fetch, the wire renders. Whoever is refused is so before the body is read.
 */
export function serveEcosystem(
  app: FastifyInstance,
  config: HttpConfig,
  ecosystem: Ecosystem,
): void {
  const { wire, prefix } = ecosystem;
  const serve = routeServer(app, config, ecosystem);
  serve({ prefix, routes: wire.routes }, [prefix, `${prefix}/*`]);
  const atRoot = wire.rootRoutes ?? [];
  const urls = atRoot.map(({ path }) => path.replace(/:[^/]+$/, '*'));
  serve({ prefix: '', routes: atRoot }, [...new Set(urls)]);
}

/** What serves groups of routes of one ecosystem at URLs of the server. */
function routeServer(app: FastifyInstance, config: HttpConfig, ecosystem: Ecosystem) {
  const { wire } = ecosystem;
  const digest = wire.digestRealm === undefined ? undefined : digestRealm(wire.digestRealm, config);
  const given = config.upstreams[ecosystem.id];
  const upstream =
    wire.upstream && given && openReadThrough(config, ecosystem, wire.upstream, given);
  const { store, accounts, now } = config;
  const served = { ecosystem, store, accounts, upstream, documents: keepDocuments(), now };
  const admissions = new WeakMap<FastifyRequest, Admission>();

  const refuse = (reply: FastifyReply, refusal: Refusal) => {
    if (refusal.kind === 'unauthorized' && digest) {
      reply.header('www-authenticate', digest.challenge());
    }
    if (refusal.retryAfterSeconds !== undefined)
      reply.header('retry-after', refusal.retryAfterSeconds);
    return sendResponse(reply, wire.refuse(refusal));
  };

  const admit = (judge: ReturnType<typeof gatekeeper>) => {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const judgement = await judge(request);
      if ('refusal' in judgement) return refuse(reply, judgement.refusal);
      admissions.set(request, judgement);
      request.bodyLimit = judgement.bodyLimit;
      request.bodyCoding = judgement.bodyCoding;
      return undefined;
    };
  };

  const answer = (request: FastifyRequest, reply: FastifyReply) => {
    const admission = admissions.get(request);
    if (!admission) throw new Error('a request reached its handler without being admitted');
    const { caller } = admission;
    const context = toContext(request, config, ecosystem.prefix, caller?.user);
    for (const { route, params } of admission.matches) {
      const wireRequest = toWireRequest(request, admission, params);
      if (route.accepts && !route.accepts(wireRequest)) continue;
      const given = { ...served, reply, context, caller };
      const exchange = { ...given, refuse: (refusal: Refusal) => refuse(reply, refusal) };
      return handle(route, { ...exchange, request: wireRequest });
    }
    return refuse(reply, { kind: 'not-found', message: `there is no ${request.method} here` });
  };

  const errorHandler = (error: Thrown, _: FastifyRequest, reply: FastifyReply) => {
    const refusal = clientFault(error);
    if (!refusal) throw error;
    return refuse(reply, refusal);
  };

  return (group: RouteGroup, urls: readonly string[]): void => {
    const onRequest = admit(gatekeeper(config, ecosystem, group, digest));
    const options = { onRequest, errorHandler, bodyLimit: wire.bodyLimit };
    for (const url of urls) app.all(url, options, answer);
  };
}

function toWireRequest(
  request: FastifyRequest,
  { path, query }: Admission,
  params: WireRequest['params'],
): WireRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const body = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
  return { method: request.method, path, params, query, headers, body };
}

function toContext(
  request: FastifyRequest,
  { store, publicUrl, accounts }: HttpConfig,
  prefix: string,
  user: string | undefined,
): WireContext {
  const baseUrl = `${baseUrlOf(request, publicUrl)}${prefix}`;
  const { readsNeedToken = false } = accounts.settings;
  const context = { baseUrl, keys: store.keys, readsNeedToken };
  return { ...context, ...(user === undefined ? {} : { user }) };
}
