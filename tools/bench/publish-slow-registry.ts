import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface SlowRegistry {
  readonly url: string;
  /** Forgets all versions; uploads take so long from now on. */
  begin(uploadMs: number): void;
  close(): Promise<void>;
}

/**
 * As much of the Hex API as publishing needs, because its uploads are requests: the time of a program that uploads
 * would be its own. A version is there once its upload is answered.
 */
export async function startSlowRegistry(): Promise<SlowRegistry> {
  const checksums = new Map<string, string>();
  let delay = 0;

  async function answer(
    request: IncomingMessage,
  ): Promise<readonly [status: number, body: object]> {
    const path = request.url ?? '';
    const [, name = '', version = ''] =
      /\/packages\/(\w+)\/releases(?:\/([\d.]+))?/.exec(path) ?? [];
    if (request.method === 'POST') {
      const hash = createHash('sha256');
      for await (const chunk of request) hash.update(chunk as Buffer);
      await pause(delay);
      checksums.set(name, hash.digest('hex'));
      return [201, {}];
    }
    const checksum = version === '' ? undefined : checksums.get(name);
    return checksum === undefined ? [404, {}] : [200, { checksum }];
  }

  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    begin(uploadMs) {
      delay = uploadMs;
      checksums.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
