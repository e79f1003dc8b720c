import { readFile } from 'node:fs/promises';
import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import { exchange } from './http-exchange';
import { redactor } from './run-command';

const usualTimeoutMs = 60_000;
const mostHops = 10;

/**
 * Sends one request. A network failure is an answer too: status 0 with the reason as body, which no
 * parser takes for "absent". `mayAsk` is asked before a redirect is followed. `bytes` are those of the body's file,
 * where somebody has read it already.
 */
export async function sendRequest(
  request: HttpRequest,
  mayAsk: (url: string) => boolean = () => true,
  bytes?: Uint8Array,
): Promise<HttpResponse> {
  try {
    return await follow(request, mayAsk, bytes);
  } catch (error) {
    const redact = redactor(Object.values(request.secretHeaders ?? {}));
    return { status: 0, headers: {}, body: Buffer.from(redact(reasonOf(error))) };
  }
}

async function follow(
  { method, url: start, headers = {}, secretHeaders = {}, ...request }: HttpRequest,
  mayAsk: (url: string) => boolean,
  bytes: Uint8Array | undefined,
): Promise<HttpResponse> {
  const body = await bodyOf(request, bytes);
  const end = process.uptime() * 1000 + (request.timeoutMs ?? usualTimeoutMs);
  let url = new URL(start);
  let all: Readonly<Record<string, string>> = { ...headers, ...secretHeaders };
  for (let hop = 0; ; hop += 1) {
    const within = end - process.uptime() * 1000;
    const response = await exchange({ method, url, headers: all, body, within });
    const to = redirection(method, url, response);
    if (!to) return response;
    if (hop === mostHops) throw new Error(`it is led on ${mostHops} times, at last to ${to.href}`);
    if (!mayAsk(to.href)) throw new Error(`it is led on to ${to.href}, where it may not go`);
    // A token is for the server that it was given for.
    if (to.origin !== url.origin) all = headers;
    url = to;
  }
}

function bodyOf(
  { body, bodyFile }: Pick<HttpRequest, 'body' | 'bodyFile'>,
  bytes: Uint8Array | undefined,
): Uint8Array | string | undefined | Promise<Uint8Array> {
  if (bytes) return bytes;
  return bodyFile === undefined ? body : readFile(bodyFile);
}

/** Where an answer leads on to. What changes something is sent elsewhere only where that is to be the same request. */
function redirection(
  method: string,
  url: URL,
  { status, headers: { location } }: HttpResponse,
): URL | undefined {
  const asks = method === 'GET' || method === 'HEAD';
  const leadsOn = asks ? [301, 302, 303, 307, 308] : [307, 308];
  return location !== undefined && leadsOn.includes(status) ? new URL(location, url) : undefined;
}

interface Failure {
  readonly message?: string;
  /** Of a time that is over this says more than the message. */
  readonly cause?: unknown;
  /** Each address of a host fails in its own way. */
  readonly errors?: readonly unknown[];
}

function reasonOf(error: unknown): string {
  const { message, cause, errors } = Object(error) as Failure;
  if (errors) return errors.map(reasonOf).join('; ');
  return cause === undefined ? (message ?? String(error)) : reasonOf(cause);
}
