import { ForgeError } from '@forge/ecosystems';
import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { checkTarget, type TargetRules } from './check-target';
import { guardedLookup, type Resolve } from './guarded-lookup';
import { signatureHeaders } from './signature';
import type { AttemptOutcome, Message } from './webhook';

/** How long a receiver may take for its whole answer. */
const answerWithinMs = 10_000;

export interface SendOptions extends TargetRules {
  readonly secret: string;
  readonly now: Date;
  /** Ends the attempt in the middle. */
  readonly signal: AbortSignal;
  readonly resolve?: Resolve;
}

/**
 * One attempt to tell a webhook of an event. Redirects are not followed: what they lead to was not looked at. Of the
 * answer nothing but its status is read, so that nobody learns here what stands on another server.
 */
export function sendMessage(message: Message, options: SendOptions): Promise<AttemptOutcome> {
  const target = checkTarget(message.url, options);
  if (!target.ok) {
    const problem = target.problems.map(({ code, what }) => `${what} (${code})`).join('; ');
    return Promise.resolve({ kind: 'failed', problem });
  }
  const body = bodyOf(message);
  const id = `event_${message.eventId}`;
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'forge-registry',
    ...signatureHeaders(options.secret, { id, at: options.now, body }),
  };
  return post(target.value, headers, body, options);
}

/** The same at every attempt, so that a receiver can tell one that it had. */
function bodyOf({ event, happenedAt, payload }: Message): string {
  return JSON.stringify({ type: event, timestamp: happenedAt.toISOString(), data: payload });
}

function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { signal, allowPrivate, resolve, now }: SendOptions,
): Promise<AttemptOutcome> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  const deadline = AbortSignal.timeout(answerWithinMs);
  const options = {
    method: 'POST',
    headers,
    agent: false,
    signal: AbortSignal.any([signal, deadline]),
    ...(allowPrivate && !resolve ? {} : { lookup: guardedLookup(resolve) }),
  };
  return new Promise((answered) => {
    const sent = request(url, options, (response) => {
      answered(judge(response, now));
      response.destroy();
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) answered({ kind: 'interrupted' });
      else answered({ kind: 'failed', problem: deadline.aborted ? tooSlow : sayProblem(error) });
    });
    sent.end(body);
  });
}

const tooSlow = `no answer within ${answerWithinMs / 1000} s`;

function judge({ statusCode: status = 0, headers }: IncomingMessage, now: Date): AttemptOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === 410) return { kind: 'gone', status, problem: 'the receiver wants no more of it' };
  if (status >= 300 && status < 400) {
    const problem = 'it leads elsewhere, which is not followed: give the address that it leads to';
    return { kind: 'failed', status, problem };
  }
  const seconds = retryAfter(headers['retry-after'] ?? '', now);
  const problem = `it answers ${status}`;
  if (seconds === undefined) return { kind: 'failed', status, problem };
  return { kind: 'failed', status, problem, retryAfterSeconds: seconds };
}

/** Seconds, or a date of HTTP, which is always GMT. */
function retryAfter(text: string, now: Date): number | undefined {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const at = text.endsWith(' GMT') ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(Math.ceil((at - now.getTime()) / 1000), 0);
}

function sayProblem(error: NodeJS.ErrnoException): string {
  if (error instanceof ForgeError) return `${error.what} (${error.code})`;
  return error.code ?? error.message;
}
