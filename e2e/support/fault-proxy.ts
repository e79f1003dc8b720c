import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ecosystem } from '@forge/ecosystems';
import type { RegistryAnswer } from './registry-answers';

/** What becomes of a request. `after` lets the registry have it first, and then does as told. */
export type Treatment =
  | { readonly kind: 'pass'; readonly delay?: number; readonly rewrite?: (body: string) => string }
  | { readonly kind: 'answer'; readonly answer: RegistryAnswer; readonly after?: boolean }
  | { readonly kind: 'cut' | 'hang'; readonly after?: boolean };

export const pass: Treatment = { kind: 'pass' };

/** How the proxy treats one upload and the questions about it. */
export interface Faults {
  /** The `attempt`-th upload, counted from 1. */
  upload?(attempt: number): Treatment;
  /** A question of our own whether the version is there; `uploads` were tried before it, `look` counts since then. */
  look?(uploads: number, look: number): Treatment;
}

export interface FaultProxy {
  readonly url: string;
  /** Begins a case: these faults for uploads to one ecosystem, and questions to this path of it. */
  begin(ecosystem: Ecosystem, lookedUpAt: string, faults: Faults): void;
  /** Uploads tried in this case. */
  uploads(): number;
  /** Requests that no upload and no question explains: a path of another ecosystem, a write that is no upload. */
  strangers(): readonly string[];
  close(): Promise<void>;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * Stands before a registry, and passes on everything that is not to fail. The reason phrases of the registry get lost
 * on the way, as they do behind a proxy that speaks HTTP/2.
 */
export async function startFaultProxy(registry: string): Promise<FaultProxy> {
  let now: { ecosystem: Ecosystem; lookedUpAt: string; faults: Faults } | undefined;
  let [uploads, looks] = [0, 0];
  let strangers: string[] = [];

  /** Clients that speak Digest probe with an empty POST; that is no upload yet. */
  const isUpload = ({ method = '', headers }: IncomingMessage): boolean =>
    !['GET', 'HEAD'].includes(method) &&
    (now?.ecosystem.wire.digestRealm === undefined || headers.authorization !== undefined);

  function treatmentOf(request: IncomingMessage): Treatment {
    const { method = '', url = '', headers } = request;
    if (!now || !url.startsWith(`${now.ecosystem.prefix}/`)) strangers.push(`${method} ${url}`);
    if (isUpload(request)) {
      [uploads, looks] = [uploads + 1, 0];
      return now?.faults.upload?.(uploads) ?? pass;
    }
    // The tools see the index as it is: cargo would wait a minute for one that is behind.
    const isOurs = /^(?:node|undici|forge)/.test(headers['user-agent'] ?? '');
    if (!isOurs || method !== 'GET' || url !== now?.lookedUpAt) return pass;
    looks += 1;
    return now.faults.look?.(uploads, looks) ?? pass;
  }

  const server = createServer((request, response) => {
    void treat(request, response, treatmentOf(request), registry).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begin(ecosystem, lookedUpAt, faults) {
      now = { ecosystem, lookedUpAt, faults };
      [uploads, looks, strangers] = [0, 0, []];
    },
    uploads: () => uploads,
    strangers: () => strangers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function treat(
  request: IncomingMessage,
  response: ServerResponse,
  treatment: Treatment,
  registry: string,
): Promise<void> {
  const body = await receive(request);
  if (treatment.kind === 'pass') {
    if (treatment.delay !== undefined) await pause(treatment.delay);
    return send(response, await ask(request, body, registry), treatment.rewrite);
  }
  if (treatment.after) await ask(request, body, registry);
  if (treatment.kind === 'cut') request.socket.destroy();
  if (treatment.kind !== 'answer') return;
  const { status, reason, headers, body: text } = treatment.answer;
  if (reason !== undefined) response.statusMessage = reason;
  response.writeHead(status, { ...headers }).end(text);
}

/** With the host that the client named: the registry builds its addresses of it, and they lead here again. */
function ask(request: IncomingMessage, body: Buffer, registry: string): Promise<Answered> {
  const { upgrade: _, 'http2-settings': __, connection: ___, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    const sent = forward(
      `${registry}${request.url}`,
      { method: request.method ?? 'GET', headers },
      (answer) =>
        void receive(answer).then((content) =>
          resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: content }),
        ),
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function send(
  response: ServerResponse,
  { status, headers, body }: Answered,
  rewrite: ((body: string) => string) | undefined,
): void {
  const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...rest } = headers;
  // Byte by byte, as what passes may be an archive.
  const content = rewrite ? Buffer.from(rewrite(body.toString('latin1')), 'latin1') : body;
  response.writeHead(status, rest).end(content);
}

async function receive(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
