import { Agent, request as plain, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secure } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { HttpResponse } from '@forge/ecosystems';

/** One message to one server. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | undefined;
  readonly signal: AbortSignal;
}

/** Connections stay open for what is asked next; an idle one keeps no process alive. */
const agents = {
  plain: new Agent({ keepAlive: true }),
  secure: new SecureAgent({ keepAlive: true }),
};

const decoders: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, Buffer>(gunzip),
  deflate: promisify<Buffer, Buffer>(inflate),
  br: promisify<Buffer, Buffer>(brotliDecompress),
};

/**
 * Sends and receives. `fetch` of Node 20 takes some five times the processor time for each request, and a tenth of a
 * second for the first one. A question on a connection that the server has closed meanwhile is asked again.
 */
export async function exchange(outgoing: Outgoing): Promise<HttpResponse> {
  const first = await send(outgoing);
  return first === 'stale' ? received(await send(outgoing)) : first;
}

function received(answer: HttpResponse | 'stale'): HttpResponse {
  if (answer === 'stale') throw new Error('the server closes every connection');
  return answer;
}

function send({ method, url, headers, body, signal }: Outgoing): Promise<HttpResponse | 'stale'> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:';
    const options = { method, headers: withLength(headers, body), signal };
    const take = (response: IncomingMessage): void => void receive(response).then(resolve, reject);
    const sent = isSecure
      ? secure(url, { ...options, agent: agents.secure }, take)
      : plain(url, { ...options, agent: agents.plain }, take);
    const isQuestion = method === 'GET' || method === 'HEAD';
    // Not once: an error that nobody listens to ends the process.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (isQuestion && sent.reusedSocket && error.code === 'ECONNRESET') resolve('stale');
      else reject(error);
    });
    sent.end(body);
  });
}

function withLength(
  headers: Outgoing['headers'],
  body: Outgoing['body'],
): Readonly<Record<string, string>> {
  const own = {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'forge-release',
  };
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { ...own, ...headers, ...length };
}

async function receive(response: IncomingMessage): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const decode = decoders[response.headers['content-encoding']?.toLowerCase() ?? ''];
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body: decode && bytes.length > 0 ? await decode(bytes) : bytes,
  };
}
