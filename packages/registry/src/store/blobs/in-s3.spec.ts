import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { blobsInS3 } from './in-s3';

/** What a bucket answers when it does not do what is asked; `e2e/registry-s3.spec.ts` has a real one. */
let answers: { readonly status: number; readonly body?: string }[];
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, body = '' } = answers.shift() ?? { status: 500 };
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
});
afterAll(() => server.close());

const bucketAt = (endpoint: string) =>
  blobsInS3({
    endpoint,
    bucket: 'forge',
    prefix: '',
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
  });
const open = () => bucketAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
const sha256 = '0'.repeat(64);

it.each([
  ['other keys', { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' }],
  ['no bucket', { status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' }],
])('says what is wrong: %s: FORGE-R024', async (_, answer) => {
  const reason = /<Code>(.*)<\/Code>/.exec(answer.body)?.[1] ?? '';
  const attempts = [
    () => open().put(sha256, Buffer.from('x')),
    () => buffer(open().read(sha256)),
    async () => {
      for await (const each of open().list()) throw new Error(each);
    },
  ];
  for (const attempt of attempts) {
    answers = [answer];
    await expect(attempt()).rejects.toMatchObject({
      code: 'FORGE-R024',
      message: expect.stringContaining(reason),
    });
  }
});

it('says that nobody answers: FORGE-R024', async () => {
  const closed = createServer();
  await new Promise((resolve) => closed.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const attempt = bucketAt(`http://127.0.0.1:${port}`).put(sha256, Buffer.from('x'));
  await expect(attempt).rejects.toMatchObject({
    code: 'FORGE-R024',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

it('tries again where two uploads of one object met, and where the storage failed', async () => {
  answers = [{ status: 409 }, { status: 503 }, { status: 200 }];
  await open().put(sha256, Buffer.from('x'));
  expect(answers).toEqual([]);
});
