import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RefusingProxy {
  readonly url: string;
  /** From now on uploads that say this, in their address or their body, are answered with 403, as for a name of somebody else. Undefined refuses none. */
  refuse(text: string | undefined): void;
  close(): Promise<void>;
}

/** Stands before a registry and lets everything through but the uploads that it was told of. */
export async function startRefusingProxy(registry: string): Promise<RefusingProxy> {
  let refused: string | undefined;
  const server = createServer((request, response) => {
    void receive(request).then((body) => {
      const writes = request.method !== 'GET' && request.method !== 'HEAD';
      const says = (text: string): boolean => body.includes(text) || !!request.url?.includes(text);
      if (writes && refused !== undefined && says(refused)) {
        response.writeHead(403, { 'content-type': 'application/json' });
        return response.end(JSON.stringify({ errors: [{ detail: 'this package is not yours' }] }));
      }
      // The host that the client named goes along: the registry builds its addresses of it.
      const { connection: _, ...headers } = request.headers;
      const options = { method: request.method ?? 'GET', headers };
      return forward(`${registry}${request.url}`, options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      })
        .on('error', () => response.destroy())
        .end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse(text) {
      refused = text;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
