import { ForgeError, fail, ok, type Upstream } from '@forge/ecosystems';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ToyDocument {
  readonly versions: readonly string[];
  readonly files: readonly {
    readonly name: string;
    readonly at: string;
    readonly sha256: string;
  }[];
}

/** `/packages/NAME` is `{versions, files: [{name, at, sha256}]}`; told on with links that lead through the server. */
export const toyUpstream: Upstream = {
  document: (name, { query }, endpoints) =>
    query['local'] === undefined
      ? { method: 'GET', url: `${endpoints['api']}/packages/${name.toLowerCase()}` }
      : undefined,
  namesIn: (filename) => filename.split('-').map((_, i, parts) => parts.slice(0, i).join('-')),
  listing: {
    question: ({ query }, endpoints) =>
      query['local'] === undefined
        ? { method: 'GET', url: `${endpoints['api']}/index` }
        : undefined,
    merge(theirs, ours, { url, isOurs }) {
      const lines = Buffer.from(theirs).toString().match(/.+\n/g) ?? [];
      if (lines.length === 0)
        return fail(new ForgeError('FORGE-R014', { what: `no list: ${url}` }));
      const others = lines.filter((line) => !isOurs(line.trim()));
      return ok({ ...ours, body: `${String(ours.body)}${others.join('')}` });
    },
  },
  read(body, { url }) {
    const text = Buffer.from(body).toString();
    if (!text.startsWith('{'))
      return fail(new ForgeError('FORGE-R014', { what: `no JSON: ${url}` }));
    const { versions, files } = JSON.parse(text) as ToyDocument;
    return ok({
      files: files.map(({ name, at, sha256 }) => ({
        filename: name,
        url: new URL(at, url).href,
        digest: { algorithm: 'sha256', value: sha256 },
      })),
      respond: (_, { baseUrl }) => ({
        status: 200,
        body: JSON.stringify({
          versions,
          files: files.map(({ name }) => `${baseUrl}/files/${name}`),
        }),
      }),
    });
  },
};

/** What another registry is made to answer; a status of 0 cuts the connection. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OtherRegistry {
  readonly url: string;
  /** By path; whatever else is asked for is not there. May be changed at any time. */
  readonly answers: Map<string, Scripted>;
  readonly asked: { readonly line: string; readonly headers: IncomingHttpHeaders }[];
  /** Ends every connection, also in the middle of an answer. */
  cut(): void;
  close(): Promise<void>;
}

/** Another registry of which every answer is written by the test. */
export async function startOtherRegistry(): Promise<OtherRegistry> {
  const answers = new Map<string, Scripted>();
  const asked: OtherRegistry['asked'] = [];
  const server = createServer(({ method = '', url = '', headers, socket }, response) => {
    asked.push({ line: `${method} ${url}`, headers });
    const { status = 200, headers: own = {}, body = '' } = answers.get(url) ?? { status: 404 };
    if (status === 0) return socket.destroy();
    const isKnown = own['etag'] !== undefined && headers['if-none-match'] === own['etag'];
    response.writeHead(isKnown ? 304 : status, own).end(isKnown ? '' : body);
    return undefined;
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    asked,
    cut: () => server.closeAllConnections(),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
