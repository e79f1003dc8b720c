import type { FastifyInstance } from 'fastify';
import type { HttpConfig } from './config';

const everyMs = 30_000;

/** Writes counted downloads now and then, and when the server ends. */
export function keepCounts(app: FastifyInstance, { store, now, onError }: HttpConfig): void {
  const { downloads } = store.catalog;
  const timer = setInterval(() => downloads.flush(now()).catch(onError), everyMs);
  timer.unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await downloads.flush(now()).catch(onError);
  });
}
