import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { listArrivals } from '../store';
import type { HttpConfig } from './config';
import { serveStanding } from './standing';

const manifest = readFileSync(path.join(__dirname, '../../package.json'), 'utf8');
const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));

/** How a client knows that it talks to this server and not to whoever took its port. */
export const identity = { name: 'forge-registry', version } as const;

const versionsQuery = z.object({
  ecosystem: z.string().optional(),
  name: z.string().optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});

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
  app.get('/api/v1/versions', async (request, reply) => {
    const query = versionsQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ error: z.prettifyError(query.error) });
    return { versions: await listArrivals(store.db, query.data) };
  });
  serveStanding(app, config);
}
