import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy as people put one before a server that shares its host with others. */
export interface PathProxy {
  /** With the path, without a trailing slash. */
  readonly url: string;
  /** What was asked for outside of the path, which goes nowhere. */
  readonly lost: readonly string[];
  /** Whither everything goes from now on. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/** Takes `path` away and passes on all the rest as it is, without the host that the client named. */
export async function startPathProxy(path: string): Promise<PathProxy> {
  const lost: string[] = [];
  let target: URL | undefined;
  const server = createServer((asked, answer) => {
    const { url = '', method = 'GET', headers } = asked;
    const inside = url === path ? '/' : url.slice(path.length);
    if (!target || !url.startsWith(path) || !/^[/?]/.test(inside)) {
      lost.push(`${method} ${url}`);
      return answer.writeHead(404).end();
    }
    const { hostname, port } = target;
    const options = {
      hostname,
      port,
      method,
      path: inside,
      headers: { ...headers, host: target.host },
    };
    const sent = request(options, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    asked.pipe(sent);
    return undefined;
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    lost,
    leadTo: (url) => {
      target = new URL(url);
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
