import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ecosystem } from '@forge/ecosystems';
import { createWireServer } from '../../packages/ecosystems/src/testing/wire-server';
import type { RegistryAnswer } from './registry-answers';

/** An empty registry of one ecosystem that gives every upload the same answer; `cut` gives none. */
export interface AnsweringServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function answerUploads(
  ecosystem: Ecosystem,
  answer: RegistryAnswer | 'cut' | 'as a registry',
): Promise<AnsweringServer> {
  const server = createServer((request, response) => {
    void receive(request).then((body) => {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      if (challenged(request, response)) return;
      if (isRead || answer === 'as a registry') pass(request, body, response);
      else if (answer === 'cut') request.socket.destroy();
      else send(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const registry = createWireServer(ecosystem, url);

  /** Clients that speak Digest send their credentials only after they were asked for them. */
  function challenged(request: IncomingMessage, response: ServerResponse): boolean {
    const realm = ecosystem.wire.digestRealm;
    if (realm === undefined || request.method !== 'POST' || request.headers.authorization)
      return false;
    const challenge = `Digest realm="${realm}", qop="auth", nonce="0123456789abcdef"`;
    send(response, { status: 401, headers: { 'www-authenticate': challenge }, body: '' });
    return true;
  }

  function pass(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { method = 'GET', url: path = '/' } = request;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const sent = { method: method as 'GET', url: `${url}${path}`, headers, body };
    const { status, headers: given, body: content } = registry.send(sent);
    response.writeHead(status, { ...given }).end(content);
  }

  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, reason, headers, body }: RegistryAnswer): void {
  if (reason !== undefined) response.statusMessage = reason;
  response.writeHead(status, { ...headers }).end(body);
}

async function receive(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
