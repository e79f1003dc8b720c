import type { FastifyInstance } from 'fastify';
import type { HttpConfig } from './config';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whoever changed something has made an event, perhaps: webhooks hear of it at once, and not with the next look. */
export function wakeWebhooks(
  app: FastifyInstance,
  { webhooks: { dispatcher } }: Pick<HttpConfig, 'webhooks'>,
): void {
  app.addHook('onResponse', ({ method }, _, done) => {
    if (!reading.has(method)) dispatcher.wake();
    done();
  });
}
