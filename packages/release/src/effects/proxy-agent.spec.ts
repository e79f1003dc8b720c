import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { proxyAgent } from './proxy-agent';
import { sendRequest } from './send-request';

/** A name that no machine has: whatever arrives for it came by the proxy. */
const host = 'registry.example';

let proxy: Server;
let at: string;
const asked: { readonly line: string; readonly headers: IncomingMessage['headers'] }[] = [];
/** What comes through a tunnel first; TLS begins with 0x16. */
const tunnelled: number[] = [];

const note = ({ method, url, headers }: IncomingMessage) =>
  asked.push({ line: `${method} ${url}`, headers });

beforeAll(async () => {
  proxy = createServer((request, response) => {
    note(request);
    response.end('by the proxy');
  });
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    if (request.url?.startsWith('forbidden.')) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.once('data', (bytes) => {
      tunnelled.push(bytes[0] ?? 0);
      socket.destroy();
    });
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  at = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  proxy.close();
  proxy.closeAllConnections();
});

const variables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];
const before = { ...process.env };
beforeEach(() => {
  asked.splice(0);
  for (const each of variables.flatMap((name) => [name, name.toUpperCase()]))
    delete process.env[each];
});
afterAll(() => void (process.env = before));

async function ask(url: string) {
  const secretHeaders = { authorization: 'token' };
  const { status, body } = await sendRequest({ method: 'GET', url, secretHeaders });
  return { status, text: Buffer.from(body).toString() };
}

it.each(['http_proxy', 'HTTP_PROXY', 'all_proxy'])(
  '%s takes what is not encrypted',
  async (name) => {
    process.env[name] = `http://ada:swordfish@${at}`;
    expect(await ask(`http://${host}/a`)).toEqual({ status: 200, text: 'by the proxy' });
    expect(asked).toMatchObject([
      {
        line: `GET http://${host}/a`,
        headers: {
          host,
          authorization: 'token',
          'proxy-authorization': `Basic ${Buffer.from('ada:swordfish').toString('base64')}`,
        },
      },
    ]);
  },
);

it('https_proxy sees of what is encrypted for whom it is, and no more', async () => {
  process.env['https_proxy'] = `http://${at}`;
  const { status } = await ask(`https://${host}/a`);
  expect(status).toBe(0);
  expect(asked.map(({ line }) => line)).toEqual([`CONNECT ${host}:443`]);
  expect(asked[0]?.headers).not.toHaveProperty('authorization');
  expect(tunnelled).toEqual([0x16]);
});

it('a proxy that refuses is no registry that has nothing', async () => {
  process.env['https_proxy'] = `http://ada:swordfish@${at}`;
  const { status, text } = await ask('https://forbidden.example/a');
  expect(status).toBe(407);
  expect(text).not.toContain('swordfish');
});

it('one that cannot be reached, or is none of HTTP, is told without its password', async () => {
  process.env['http_proxy'] = 'http://ada:swordfish@127.0.0.1:9';
  const unreached = await ask(`http://${host}/a`);
  expect(unreached).toEqual({ status: 0, text: expect.stringContaining('ECONNREFUSED') });
  process.env['http_proxy'] = `socks5://ada:swordfish@${at}`;
  const socks = await ask(`http://${host}/a`);
  expect(socks).toEqual({ status: 0, text: expect.stringContaining('`socks5:`') });
  expect(`${unreached.text}${socks.text}`).not.toContain('swordfish');
  expect(asked).toEqual([]);
});

it('nothing stands before this machine, nor before what `no_proxy` names', () => {
  process.env['all_proxy'] = `http://${at}`;
  process.env['no_proxy'] = `${host},.internal.example:8080`;
  const isDirect = (url: string) => proxyAgent(new URL(url)) === undefined;
  for (const url of ['http://127.0.0.1:1/', 'http://localhost/', 'https://[::1]:1/'])
    expect(isDirect(url)).toBe(true);
  expect(isDirect(`https://${host}/a`)).toBe(true);
  expect(isDirect('http://a.internal.example:8080/')).toBe(true);
  expect(isDirect('http://a.internal.example/')).toBe(false);
  expect(isDirect('https://other.example/')).toBe(false);
});
