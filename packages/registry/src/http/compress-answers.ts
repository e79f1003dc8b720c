import type { FastifyInstance } from 'fastify';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Texts of which gzip leaves a part; archives are compressed already. */
const compressible = /^(?:text\/|application\/(?:json|[\w.+-]*\+json|javascript|xml))/;
const smallest = 1024;

/**
 * Compresses documents for who takes gzip. The entity tag stays: a client that reads on where its copy ends compares
 * it with what it has unpacked. Parts of documents, and files, which are streams, go as they are. `Repr-Digest` would
 * be that of the packed bytes (RFC 9530), which Bundler 2.5 and later compare with the unpacked ones; so there is none.
 */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (!Buffer.isBuffer(payload) && typeof payload !== 'string') return payload;
    const type = String(reply.getHeader('content-type') ?? '');
    if (!compressible.test(type) || reply.hasHeader('content-encoding')) return payload;
    const vary = reply.getHeader('vary');
    reply.header(
      'vary',
      vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`,
    );
    if (reply.statusCode !== 200 || request.method === 'HEAD') return payload;
    if (Buffer.byteLength(payload) < smallest || !takesGzip(request.headers['accept-encoding']))
      return payload;
    const packed = await compress(payload);
    reply.removeHeader('repr-digest');
    reply.header('content-encoding', 'gzip').header('content-length', packed.byteLength);
    return packed;
  });
}

function takesGzip(accepted: string | readonly string[] | undefined): boolean {
  const each = String(accepted ?? '').split(',');
  return each.some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}
