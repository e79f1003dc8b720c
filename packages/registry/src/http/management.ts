import type { FastifyInstance } from 'fastify';
import { apiRoutes } from '../api/routes';
import { serveApi } from '../api/serve';
import { home } from '../web/paths';
import { serveWeb, wantsPage } from '../web/serve-web';
import { publicPathOf } from './base-url';
import type { HttpConfig } from './config';
import { serveHealth } from './health';
import { identity } from './identity';
import { serveMetrics } from './metrics';

/** The routes that belong to no protocol. */
export function serveManagement(app: FastifyInstance, config: HttpConfig): void {
  const { ecosystems } = config;
  const at = publicPathOf(config);
  app.get('/', (request, reply) => {
    reply.header('vary', 'Accept');
    if (wantsPage(request)) return reply.redirect(`${at}${home}`, 302);
    return reply.send({
      ...identity,
      ecosystems: ecosystems.map(({ id, title, prefix }) => ({ id, title, prefix })),
      links: {
        identity: `${at}/api/v1`,
        versions: `${at}/api/v1/versions`,
        health: `${at}/health`,
        pages: `${at}${home}`,
      },
    });
  });
  app.get('/api/v1', () => identity);
  serveHealth(app, config);
  if (config.metrics) serveMetrics(app, config);
  serveApi(app, config, apiRoutes);
  serveWeb(app, config);
}
