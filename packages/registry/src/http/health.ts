import type { FastifyInstance } from 'fastify';
import type { HttpConfig } from './config';

/** `/health`: the process answers. `/ready`: it can do its work; 503 until then, and while it ends. */
export function serveHealth(app: FastifyInstance, { store, onError }: HttpConfig): void {
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ready', async (_, reply) => {
    try {
      await store.db.query('select 1');
      return { status: 'ready', database: 'ok' };
    } catch (error) {
      onError(error);
      return reply.code(503).send({ status: 'not-ready', database: 'failed' });
    }
  });
}
