import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { byteBudget, type ByteBudget } from './byte-budget';
import { openSpool, type Spool } from './spool';

/** Where bodies wait, and how many of them are in memory at a time. */
export interface IntakeSettings {
  /** For bodies that still arrive. Without it they arrive in memory, for a server that keeps nothing. */
  readonly directory?: string | undefined;
  /** Bytes of bodies that are looked at, over all requests. */
  readonly memory: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes of body that are taken from whoever sends this, where that is less than the route takes. */
    bodyLimit: number;
    /** The `Content-Encoding` that the body may have: what takes it knows of it. */
    bodyCoding: string;
  }
}

/** What never goes to the disk: most requests. */
const small = 64 * 1024;

/**
 * Bodies as bytes, whatever their type says, also with none, which some tools send. However many people upload at a
 * time, and however slowly: a large body arrives in a file, and comes into memory when there is room, until it is
 * answered.
 */
export function takeBodies(app: FastifyInstance, { directory, memory }: IntakeSettings): void {
  const budget = byteBudget(memory);
  const responses = new WeakMap<FastifyRequest, ServerResponse>();
  app.addHook('preParsing', async (request, reply) => {
    responses.set(request, reply.raw);
  });
  app.decorateRequest('bodyLimit', Infinity);
  app.decorateRequest('bodyCoding', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const bodyLimit = Math.min(request.bodyLimit, request.routeOptions.bodyLimit);
    checkHead(request, bodyLimit);
    const arrived = await arrive(payload, bodyLimit, directory);
    if (Buffer.isBuffer(arrived)) return arrived;
    const response = responses.get(request);
    if (!response) throw new Error('a body arrived before its request');
    return bringIn(arrived, budget, response);
  });
}

/** What its head says against a body, before any of it is read. */
function checkHead({ headers, bodyCoding }: FastifyRequest, limit: number): void {
  if (Number(headers['content-length'] ?? 0) > limit)
    throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  const coding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  const transfer = (headers['transfer-encoding'] ?? '').trim().toLowerCase();
  if (['', 'identity', bodyCoding].includes(coding) && ['', 'chunked'].includes(transfer)) return;
  const message = 'the body is compressed, or encoded otherwise; it is taken as it is only';
  throw Object.assign(new Error(message), { statusCode: 415 });
}

interface Waiting {
  readonly spool: Spool;
  readonly size: number;
}

async function arrive(
  payload: Readable,
  limit: number,
  directory: string | undefined,
): Promise<Buffer | Waiting> {
  let chunks: Buffer[] = [];
  let size = 0;
  let spool: Spool | undefined;
  try {
    // The answer goes out on the connection whose other half is not read to its end.
    for await (const chunk of payload.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
      chunks.push(chunk);
      if (size <= small || directory === undefined) continue;
      spool ??= await openSpool(directory);
      await spool.write(Buffer.concat(chunks));
      chunks = [];
    }
  } catch (error) {
    await spool?.close();
    throw asBroken(error);
  }
  return spool ? { spool, size } : Buffer.concat(chunks);
}

/** Who goes away in the middle of an upload is no fault of the server. */
function asBroken(error: unknown): unknown {
  if ((error as { readonly statusCode?: number }).statusCode !== undefined) return error;
  if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') return error;
  return Object.assign(error as Error, { statusCode: 400 });
}

async function bringIn(
  { spool, size }: Waiting,
  budget: ByteBudget,
  response: ServerResponse,
): Promise<Buffer> {
  try {
    const giveBack = await budget.take(size);
    response.once('close', giveBack);
    if (!response.closed) return await spool.read();
    giveBack();
    throw Object.assign(new Error('the client is gone'), { statusCode: 400 });
  } finally {
    await spool.close();
  }
}
