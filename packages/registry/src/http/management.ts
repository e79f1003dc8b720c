import type { FastifyInstance } from 'fastify';
import { apiRoutes } from '../api/routes';
import { serveApi } from '../api/serve';
import type { HttpConfig } from './config';
import { serveHealth } from './health';
import { identity } from './identity';
import { serveMetrics } from './metrics';

/** The routes that belong to no protocol. */
export function serveManagement(app: FastifyInstance, config: HttpConfig): void {
  const { ecosystems } = config;
  app.get('/', () => ({
    ...identity,
    ecosystems: ecosystems.map(({ id, title, prefix }) => ({ id, title, prefix })),
    links: { identity: '/api/v1', versions: '/api/v1/versions', health: '/health' },
  }));
  app.get('/api/v1', () => identity);
  serveHealth(app, config);
  if (config.metrics) serveMetrics(app, config);
  serveApi(app, config, apiRoutes);
}
