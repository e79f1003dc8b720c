import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { refuseStrangeHosts } from './base-url';
import { clientFault, type Thrown } from './client-faults';
import { compressAnswers } from './compress-answers';
import type { HttpConfig } from './config';
import { allowOrigins } from './cross-origin';
import { keepCounts } from './keep-counts';
import { answerMalformed } from './malformed-requests';
import { serveManagement } from './management';
import { keepAnswersPrivate } from './private-answers';
import { logRequests } from './request-log';
import { withPatience } from './patience';
import { serveEcosystem } from './serve-ecosystem';
import { hiddenFault, serverFault } from './server-fault';
import { takeBodies } from './take-bodies';
import { wakeWebhooks } from './wake-webhooks';
import { withoutSchemas } from './without-schemas';

/** The whole server, not yet listening. Where it fails, nothing that it began goes on. */
export async function createApp(config: HttpConfig): Promise<FastifyInstance> {
  const app = fastify({
    ...withPatience(config.patience),
    ...withoutSchemas,
    trustProxy: config.trustProxy && isProxy,
    genReqId: () => randomUUID(),
    clientErrorHandler: answerMalformed,
    // Nothing may listen to `upgrade` on this server: some tools offer h2c with every read, and node
    // hands such a request to the upgrade listener, if there is one, instead of answering it.
    forceCloseConnections: true,
    // Names are longer than the 100 signs that fastify 5 takes by default.
    routerOptions: { maxParamLength: 1000 },
  });
  try {
    await serveAll(app, config);
    return app;
  } catch (error) {
    await app.close().catch(config.onError);
    throw error;
  }
}

async function serveAll(app: FastifyInstance, config: HttpConfig): Promise<void> {
  takeBodies(app, config.intake);
  continueLate(app);
  if (config.onRequest) logRequests(app, config, config.onRequest);
  refuseStrangeHosts(app);
  if (config.accounts.settings.readsNeedToken) keepAnswersPrivate(app);
  app.addHook('onRequest', async (_, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  app.setErrorHandler((error: Thrown, _, reply) => {
    const fault = clientFault(error);
    if (fault) {
      const status = fault.kind === 'too-large' ? 413 : (error.statusCode ?? 400);
      return reply.code(status).send({ error: fault.message });
    }
    config.onError(error);
    return serverFault(reply).send({ error: hiddenFault });
  });
  if (config.compress) compressAnswers(app);
  if (config.origins.length > 0) await allowOrigins(app, config.origins);
  keepCounts(app, config);
  wakeWebhooks(app, config);
  serveManagement(app, config);
  for (const ecosystem of config.ecosystems) serveEcosystem(app, config, ecosystem);
  await app.ready();
}

/**
 * Who is believed in `X-Forwarded-For`: the proxy that connects, and no other before it. What stands in front of that
 * one's own entry is what a client sent. Told a number of hops, fastify 5.12 believes nobody.
 */
function isProxy(_address: string, hop: number): boolean {
  return hop === 0;
}

/**
 * `Expect: 100-continue` (hex 2.5): node would ask for the body at once. Here it is asked for when
 * the request has been admitted; who is refused before need not send it, and the connection ends.
 */
function continueLate(app: FastifyInstance): void {
  const waiting = new WeakSet<object>();
  app.server.on('checkContinue', (request, response) => {
    waiting.add(request);
    app.server.emit('request', request, response);
  });
  app.addHook('preParsing', async (request, reply) => {
    if (waiting.delete(request.raw)) reply.raw.writeContinue();
  });
  app.addHook('onSend', async (request, reply) => {
    if (waiting.has(request.raw)) reply.header('connection', 'close');
  });
}
