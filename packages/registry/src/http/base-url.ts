import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A name or an address, with a port perhaps: what links may begin with. */
const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** The address that clients reach, for links: as they say it, unless the server was told. No trailing slash. */
export function baseUrlOf(request: FastifyRequest, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const { protocol, host, socket } = request;
  // HTTP/1.0 knows no `Host`; load balancers ask so whether a server is well.
  return `${protocol}://${host || `localhost:${socket.localPort}`}`;
}

/**
 * The path of the address that clients reach, where a proxy takes it away before it asks here: what links of this host
 * begin with. Empty for none, no trailing slash.
 */
export function publicPathOf({ publicUrl }: { readonly publicUrl?: string | undefined }): string {
  return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/**
 * 400 for a request with several hosts, or with one that is none, or with the protocol of no link, which a proxy passes
 * on: they would stand in every link of the answer. Nor is this a proxy: a target is a path.
 */
export function refuseStrangeHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ host, protocol, raw }, reply) => {
    if (!/^https?$/.test(protocol))
      return reply.code(400).send({ error: '`X-Forwarded-Proto` is neither http nor https' });
    const { length } = raw.rawHeaders.filter((name, i) => i % 2 === 0 && /^host$/i.test(name));
    if (length <= 1 && (!host || isHost.test(host)) && raw.url?.startsWith('/')) return undefined;
    const error = 'the request names no host or several in `Host`, or asks for more than a path';
    return reply.code(400).send({ error });
  });
}
