import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { apiRoutes } from '../api/routes';
import { serveApi } from '../api/serve';
import type { HttpConfig } from './config';

const manifest = readFileSync(path.join(__dirname, '../../package.json'), 'utf8');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

/** How a client knows that it talks to this server and not to whoever took its port. */
export const identity = { name: 'forge-registry', version } as const;

/** The routes that belong to no protocol. */
export function serveManagement(app: FastifyInstance, config: HttpConfig): void {
  const { ecosystems, store } = config;
  app.get('/', () => ({
    ...identity,
    ecosystems: ecosystems.map(({ id, title, prefix }) => ({ id, title, prefix })),
    links: { identity: '/api/v1', versions: '/api/v1/versions', health: '/health' },
  }));
  app.get('/api/v1', () => identity);
  app.get('/health', async () => {
    await store.db.query('select 1');
    return { status: 'ok' };
  });
  serveApi(app, config, apiRoutes);
}
