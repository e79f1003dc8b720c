import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that lets a mutation through to the registry and then says that it failed. */
export interface FailingProxy {
  readonly url: string;
  /** Mutations that came through, and were told to have failed or not. */
  readonly mutations: readonly { readonly method: string; readonly failed: boolean }[];
  stop(): Promise<void>;
}

/** The first `failures` mutations are answered with 500, after the registry has taken them. */
export async function startFailingProxy(target: string, failures: number): Promise<FailingProxy> {
  const mutations: { method: string; failed: boolean }[] = [];
  const server = createServer((from, to) => {
    const { method = 'GET' } = from;
    const isMutation = method !== 'GET' && method !== 'HEAD';
    const failed = isMutation && mutations.length < failures;
    if (isMutation) mutations.push({ method, failed });
    forward(from, to, target, failed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    mutations,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(from: IncomingMessage, to: ServerResponse, target: string, fail: boolean): void {
  const { method = 'GET', url = '/', headers } = from;
  const onward = request(`${target}${url}`, { method, headers }, (answer) => {
    if (!fail) {
      to.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.headers);
      answer.pipe(to);
      return;
    }
    answer.resume();
    answer.on('end', () => to.writeHead(500).end('{"error":"the answer was lost"}'));
  });
  onward.on('error', () => to.destroy());
  from.pipe(onward);
}
