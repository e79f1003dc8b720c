import type { WireResponse } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { smallBlob, type Blobs, type ByteSpan, type FoundFile } from '../store';
import { select, type Selection } from './conditional';
import { ofLength, wrongLength } from './of-length';

/** Sends what a protocol rendered, as it is. */
export function sendResponse(reply: FastifyReply, response: WireResponse): FastifyReply {
  if (response.reason !== undefined) reply.raw.statusMessage = oneLine(response.reason);
  return reply
    .code(response.status)
    .headers({ ...response.headers })
    .send(toBuffer(response.body));
}

/**
 * Sends a rendered document with what clients need to ask for less next time: an entity tag, ranges
 * (Bundler reads on where its copy of `versions` ends), and the digest of the whole (RFC 9530).
 */
export function sendDocument(reply: FastifyReply, response: WireResponse): FastifyReply {
  return sendFinished(reply, finish(response));
}

/** A rendered document with what is computed of all of it, so that it can be sent more than once. */
export interface FinishedDocument {
  readonly response: WireResponse;
  /** That of the response. */
  readonly body: Buffer;
  /** Base64; empty for what is no document but says why there is none. */
  readonly sha256: string;
}

/** Keeps nothing of a text but its bytes. */
export function finish(response: WireResponse): FinishedDocument {
  const body = toBuffer(response.body);
  const isDocument = response.status === 200;
  const sha256 = isDocument ? createHash('sha256').update(body).digest('base64') : '';
  return { response: { ...response, body }, body, sha256 };
}

export function sendFinished(
  reply: FastifyReply,
  { response, body, sha256 }: FinishedDocument,
): FastifyReply {
  if (response.status !== 200) return sendResponse(reply, response);
  const etag = response.headers?.['etag'] ?? response.headers?.['ETag'] ?? `"${sha256}"`;
  const selection = select(reply.request.headers, etag, body.byteLength);
  reply.headers({ 'repr-digest': `sha-256=:${sha256}:`, ...response.headers });
  describe(reply, selection, etag, body.byteLength);
  if (selection.status === 200) return reply.send(body);
  if (selection.status !== 206) return reply.send();
  return reply.send(body.subarray(selection.start, selection.end + 1));
}

/** Sends a file, a large one as a stream. The bytes of a published one never change, so clients may keep them for good. */
export function sendFile(
  reply: FastifyReply,
  blobs: Blobs,
  file: FoundFile,
  contentType: string,
): FastifyReply {
  const etag = `"${file.sha256}"`;
  const selection = select(reply.request.headers, etag, file.size);
  reply.headers({
    'content-type': contentType,
    'cache-control': file.isFixed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  describe(reply, selection, etag, file.size);
  if (selection.status === 304 || selection.status === 416) return reply.send();
  const span = selection.status === 206 ? selection : { start: 0, end: file.size - 1 };
  const length = span.end - span.start + 1;
  reply.header('content-length', length);
  if (reply.request.method === 'HEAD' || file.size === 0) return reply.send();
  if (file.size > smallBlob) return reply.send(ofLength(blobs.read(file.sha256, span), length));
  return sendSmall(reply, blobs.get(file.sha256), file, span);
}

function sendSmall(
  reply: FastifyReply,
  bytes: ReturnType<Blobs['get']>,
  { size }: FoundFile,
  { start, end }: ByteSpan,
): FastifyReply {
  const send = (all: Uint8Array) => {
    if (all.byteLength !== size) throw wrongLength(size);
    return reply.send(toBuffer(all).subarray(start, end + 1));
  };
  if (bytes instanceof Uint8Array) return send(bytes);
  bytes.then(send).catch((error: unknown) => reply.send(error));
  return reply;
}

function describe(reply: FastifyReply, selection: Selection, etag: string, size: number): void {
  reply.code(selection.status).headers({ etag, 'accept-ranges': 'bytes' });
  if (selection.status === 206) {
    reply.header('content-range', `bytes ${selection.start}-${selection.end}/${size}`);
  }
  if (selection.status === 416) reply.header('content-range', `bytes */${size}`);
}

function toBuffer(body: Uint8Array | string): Buffer {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** A reason phrase is one line of Latin-1; anything else would make node refuse the whole answer. */
function oneLine(reason: string): string {
  return reason.replace(/[^\x20-\x7e\xa0-\xff]+/g, ' ');
}
