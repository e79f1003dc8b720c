import { Agent, request as plain, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secure } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { HttpResponse } from '@forge/ecosystems';
import { proxyAgent } from './proxy-agent';

/** One message to one server. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | undefined;
  /** Milliseconds until the whole answer has to be there. */
  readonly within: number;
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

function send(outgoing: Outgoing): Promise<HttpResponse | 'stale'> {
  return new Promise((resolve, reject) => {
    const { method, body, within } = outgoing;
    const sent = open(outgoing, (response) => void receive(response).then(resolve, reject));
    // A signal of `AbortSignal.timeout` takes more processor time than the rest of a question.
    const timer = setTimeout(() => {
      reject(new Error('there is no answer, and its time is over'));
      sent.destroy();
    }, within);
    sent.on('close', () => clearTimeout(timer));
    const isQuestion = method === 'GET' || method === 'HEAD';
    // Not once: an error that nobody listens to ends the process.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (isQuestion && sent.reusedSocket && error.code === 'ECONNRESET') resolve('stale');
      else reject(error);
    });
    sent.end(body);
  });
}

function open(
  { method, url, headers, body }: Outgoing,
  take: (response: IncomingMessage) => void,
): ClientRequest {
  const options = { method, headers: withLength(headers, body) };
  return url.protocol === 'https:'
    ? secure(url, { ...options, agent: proxyAgent(url) ?? agents.secure }, take)
    : plain(url, { ...options, agent: proxyAgent(url) ?? agents.plain }, take);
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
  const bytes = await bytesOf(response);
  const decode = decoders[response.headers['content-encoding']?.toLowerCase() ?? ''];
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
    ),
    body: decode && bytes.length > 0 ? await decode(bytes) : bytes,
  };
}

/** A loop over the stream would take a third of the processor time of a question. */
function bytesOf(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks)));
    response.on('error', reject);
  });
}
