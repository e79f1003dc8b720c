import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '@forge/ecosystems';
import { sendRequest } from './send-request';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
let handle: Answer;
const seen: { readonly url: string | undefined; readonly token: string | undefined }[] = [];

async function listening(): Promise<string> {
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    seen.push({ url: request.url, token: authorization });
    handle(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let here: string;
let elsewhere: string;
beforeAll(async () => {
  [here, elsewhere] = [await listening(), await listening()];
});
beforeEach(() => void seen.splice(0));
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

async function answerTo(request: Partial<HttpRequest>, mayAsk?: (url: string) => boolean) {
  const secretHeaders = { authorization: 'token-of-here' };
  const sent = { method: 'GET' as const, url: `${here}/a`, secretHeaders, ...request };
  const { status, body, headers } = await sendRequest(sent, mayAsk);
  return { status, text: Buffer.from(body).toString(), headers };
}

const leadingTo =
  (to: () => string, status = 302): Answer =>
  ({ url }, response) =>
    url === '/a'
      ? response.writeHead(status, { location: to() }).end()
      : response.writeHead(200).end('there');

it('sends a body with its length, and reads what is packed on the way', async () => {
  handle = (request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const { 'content-length': length, 'user-agent': agent } = request.headers;
      response.writeHead(201, { 'content-encoding': 'gzip', 'set-cookie': ['a', 'b'] });
      response.end(gzipSync(`${request.method} ${length} ${agent} ${text}`));
    });
  };
  expect(await answerTo({ method: 'PUT', body: 'grün' })).toMatchObject({
    ...{ status: 201, text: 'PUT 5 forge-release grün' },
    headers: { 'set-cookie': 'a, b' },
  });
});

it('sends the bytes of a file that somebody has read already', async () => {
  handle = (request, response) => void request.pipe(response.writeHead(201));
  const request = { method: 'PUT', url: `${here}/a`, bodyFile: '/is/not/there' } as const;
  const { status, body } = await sendRequest(request, undefined, Buffer.from('read'));
  expect([status, Buffer.from(body).toString()]).toEqual([201, 'read']);
  expect(await sendRequest(request)).toMatchObject({ status: 0 });
});

it('follows where a question is led on to, with the token on the same server only', async () => {
  handle = leadingTo(() => '/b');
  expect(await answerTo({})).toMatchObject({ status: 200, text: 'there' });
  handle = leadingTo(() => `${elsewhere}/b`, 307);
  expect(await answerTo({})).toMatchObject({ status: 200, text: 'there' });
  expect(seen).toEqual([
    { url: '/a', token: 'token-of-here' },
    { url: '/b', token: 'token-of-here' },
    { url: '/a', token: 'token-of-here' },
    { url: '/b', token: undefined },
  ]);
});

it('sends what changes something elsewhere only where it is to stay the same', async () => {
  handle = leadingTo(() => '/b');
  expect(await answerTo({ method: 'POST', body: 'x' })).toMatchObject({ status: 302 });
  handle = leadingTo(() => '/b', 308);
  expect(await answerTo({ method: 'POST', body: 'x' })).toMatchObject({ status: 200 });
});

it('is not led astray, nor for ever', async () => {
  handle = leadingTo(() => `${elsewhere}/b`);
  const refused = await answerTo({}, (url) => !url.startsWith(elsewhere));
  expect(refused).toMatchObject({ status: 0, text: expect.stringContaining('it may not go') });
  handle = leadingTo(() => '/a');
  expect(await answerTo({})).toMatchObject({
    status: 0,
    text: expect.stringContaining('10 times'),
  });
});

it('asks again on a connection that was closed meanwhile, and sends nothing twice', async () => {
  const sockets = new Set<Socket>();
  const cutSecond: Answer = ({ socket }, response) => {
    const isKnown = sockets.has(socket);
    sockets.add(socket);
    if (isKnown) socket.destroy();
    else response.writeHead(200).end('fresh');
  };
  handle = (_, response) => response.writeHead(200, { connection: 'close' }).end();
  await answerTo({});
  handle = cutSecond;
  expect(await answerTo({})).toMatchObject({ text: 'fresh' });
  expect(await answerTo({})).toMatchObject({ text: 'fresh' });
  expect(await answerTo({ method: 'PUT', body: 'x' })).toMatchObject({ status: 0 });
});

it('says why there is no answer, without secrets', async () => {
  handle = () => undefined;
  expect(await answerTo({ timeoutMs: 50 })).toMatchObject({
    ...{ status: 0, text: 'there is no answer, and its time is over' },
  });
  handle = (_, response) => void response.writeHead(200, { 'content-length': '9' }).write('half');
  expect(await answerTo({ timeoutMs: 50 })).toMatchObject({
    ...{ status: 0, text: 'there is no answer, and its time is over' },
  });
  handle = ({ socket }, response) => {
    response.writeHead(200, { 'content-length': '9' }).write('half', () => socket.destroy());
  };
  expect(await answerTo({ method: 'POST' })).toMatchObject({ status: 0, text: 'aborted' });
  handle = ({ socket }) => socket.destroy();
  expect(await answerTo({ method: 'POST' })).toMatchObject({ status: 0, text: 'socket hang up' });
  expect(await answerTo({ url: 'http://127.0.0.1:9/' })).toMatchObject({
    ...{ status: 0, text: 'connect ECONNREFUSED 127.0.0.1:9' },
  });
  expect(await answerTo({ url: 'ftp://token-of-here' })).toMatchObject({
    ...{ status: 0, text: expect.not.stringContaining('token-of-here') },
  });
});
