import { gzipSync } from 'node:zlib';
import { startRegistry, type RunningRegistry } from '../server';
import { headOf, sendRaw, type RawAnswer } from '../testing/raw-socket';
import { uploadTargets, type UploadTarget } from '../testing/upload-targets';

/** What no HTTP library sends: written to the socket as it is, at every place that takes a body. */
let registry: RunningRegistry;
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({ onError: (error) => errors.push(error) });
}, 60_000);
afterAll(() => registry.close());
afterEach(async () => {
  expect(errors).toEqual([]);
  const stats = await (await fetch(`${registry.url}/api/v1/stats`)).json();
  expect(stats).toMatchObject({ packages: 0, versions: 0, files: 0 });
});

interface Abuse {
  readonly headers: readonly string[];
  /** Default: none. */
  readonly body?: string | Buffer;
  readonly status: number | readonly number[];
  /** The client ends its half, because it has no more to say. */
  readonly end?: boolean;
}

const chunked = 'Transfer-Encoding: chunked';
const lots = 'x'.repeat(20_000);
const smuggled = '0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n';
const bomb = gzipSync(Buffer.alloc(50_000_000));

/** Who answers in the words of an ecosystem has its status for what is wrong. */
const asRefused = [415, 400, 422];

const abuses: Readonly<Record<string, Abuse>> = {
  'a header of 20 kB': { headers: [`X: ${lots}`], status: 431 },
  '3000 headers': { headers: Array.from({ length: 3000 }, (_, n) => `X${n}: 1`), status: 431 },
  'two lengths': {
    headers: ['Content-Length: 5', 'Content-Length: 6'],
    body: '123456',
    status: 400,
  },
  'a length beside chunks': {
    headers: ['Content-Length: 5', chunked],
    body: smuggled,
    status: 400,
  },
  'chunks before a length': {
    headers: [chunked, 'Content-Length: 5'],
    body: smuggled,
    status: 400,
  },
  'two transfer encodings': {
    headers: [chunked, 'Transfer-Encoding: x'],
    body: smuggled,
    status: 400,
  },
  'an unknown transfer encoding': { headers: ['Transfer-Encoding: xchunked'], status: 400 },
  'a negative length': { headers: ['Content-Length: -1'], status: 400 },
  'a length with a sign': { headers: ['Content-Length: +5'], body: '12345', status: 400 },
  'a length in hex': { headers: ['Content-Length: 0x5'], body: '12345', status: 400 },
  'a length of no number': { headers: ['Content-Length: 99999999999999999999999'], status: 400 },
  'a length of a terabyte': { headers: ['Content-Length: 1099511627776'], status: 413 },
  'a chunk of no size': { headers: [chunked], body: 'zz\r\nabc\r\n0\r\n\r\n', status: 400 },
  'a chunk of a negative size': { headers: [chunked], body: '-1\r\nabc\r\n0\r\n\r\n', status: 400 },
  'a chunk larger than anything': {
    headers: [chunked],
    body: `${'f'.repeat(18)}\r\na`,
    status: 400,
  },
  'a chunk longer than it says': { headers: [chunked], body: '1\r\nabc\r\n0\r\n\r\n', status: 400 },
  'a chunk with 20 kB beside it': { headers: [chunked], body: `3;${lots}\r\nabc`, status: 400 },
  'trailers of 20 kB': { headers: [chunked], body: `0\r\nX: ${lots}\r\n\r\n`, status: 431 },
  'a body cut off': { headers: ['Content-Length: 99'], body: 'cut', status: 400, end: true },
  'chunks cut off': { headers: [chunked], body: '5\r\nab', status: 400, end: true },
  'a folded header': { headers: ['X: a\r\n b'], status: 400 },
  'a header with a blank in its name': { headers: ['X : a'], status: 400 },
  'a header without a name': { headers: [': a'], status: 400 },
  'a NUL in a header': { headers: ['X: a\0b'], status: 400 },
  'a carriage return in a header': { headers: ['X: a\rY: b'], status: 400 },
  'an expectation that nobody knows': { headers: ['Expect: miracles'], status: 417 },
  'a second host': { headers: ['Host: evil.example', 'Content-Length: 0'], status: 400 },
  'a gzip bomb': {
    headers: ['Content-Encoding: gzip', `Content-Length: ${bomb.length}`],
    body: bomb,
    status: asRefused,
  },
  'compressed chunks': {
    headers: ['Transfer-Encoding: gzip, chunked'],
    body: '0\r\n\r\n',
    status: asRefused,
  },
};

/** What the parser says of what is no HTTP at all. */
it.each([
  ['nothing that is HTTP', '\0\0\0\0\r\n\r\n', 400, 'Invalid method'],
  ['the opening of TLS', '\x16\x03\x01\0\xa5\x01\0\0\xa1', 400, 'Invalid method'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'is not HTTP'],
  ['a head without end', `GET / HTTP/1.1\r\nX: ${lots}`, 431, 'too large'],
  [
    'lengths that contradict',
    headOf('GET /', ['Content-Length: 1', chunked]),
    400,
    'is not HTTP: Transfer',
  ],
])('%s is refused with a reason', async (_, bytes, status, why) => {
  const answer = await sendRaw(registry.url, [bytes], { untilClosed: true });
  expect(answer).toMatchObject({ statuses: [status], isClosed: true });
  expect(answer.text).toContain(why);
});

async function tell({ line, headers }: UploadTarget, abuse: Abuse): Promise<RawAnswer> {
  const authorization = `Authorization: ${registry.token}`;
  const head = headOf(line, [authorization, ...headers, ...abuse.headers]);
  // What hides in a body would be answered later than what hides it.
  const untilClosed = abuse.body === smuggled;
  return sendRaw(registry.url, [head, abuse.body ?? ''], { end: abuse.end ?? false, untilClosed });
}

it.each(uploadTargets)(
  '%s: refuses what HTTP does not allow, once, and goes on',
  async (_, target) => {
    const wrong: string[] = [];
    for (const [what, abuse] of Object.entries(abuses)) {
      const { statuses, text } = await tell(target, abuse);
      const isRefused = [abuse.status].flat().includes(statuses[0] ?? 0) && statuses.length === 1;
      if (!isRefused) wrong.push(`${what}: ${statuses.join()} ${text.slice(-200)}`);
    }
    expect(wrong).toEqual([]);
  },
);
