import type { FastifyInstance } from 'fastify';

/** Where reads need a token, no cache between server and client may keep an answer for somebody else. */
export function keepAnswersPrivate(app: FastifyInstance): void {
  app.addHook('onSend', async (_, reply) => {
    const kept = String(reply.getHeader('cache-control') ?? 'no-cache');
    reply.header('cache-control', `private, ${kept.replace(/\bpublic,\s*/, '')}`);
    const vary = reply.getHeader('vary');
    reply.header('vary', vary === undefined ? 'authorization' : `${String(vary)}, authorization`);
  });
}
