import { readFile } from 'node:fs/promises';
import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import { redactor } from './run-command';

const usualTimeoutMs = 60_000;

/**
 * Sends one request. A network failure is an answer too: status 0 with the reason as body, which no
 * parser takes for "absent".
 */
export async function sendRequest(request: HttpRequest): Promise<HttpResponse> {
  try {
    const body = request.bodyFile === undefined ? request.body : await readFile(request.bodyFile);
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers, ...request.secretHeaders },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(request.timeoutMs ?? usualTimeoutMs),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  } catch (error) {
    const redact = redactor(Object.values(request.secretHeaders ?? {}));
    return { status: 0, headers: {}, body: Buffer.from(redact(reasonOf(error))) };
  }
}

/** `fetch failed` says nothing; the cause below it does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
