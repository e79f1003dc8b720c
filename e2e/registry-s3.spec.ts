import { AwsClient } from 'aws4fetch';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { blobsInS3, type S3Bucket } from '../packages/registry/src/store/blobs/in-s3';
import { describeBlobs } from '../packages/registry/src/testing/describe-blobs';
import { startKeptRegistry, token } from './support/load/kept-registry';
import { makers } from './support/load/uploads';
import { lookAt } from './support/load/whole';
import { describeWithStore, s3Program } from './support/store-tools';

const keys = { accessKeyId: 'key', secretAccessKey: 'secret' };
const region = 'us-east-1';

describeWithStore('a bucket of a server that speaks the protocol of S3', 's3', () => {
  let server: ChildProcess;
  let endpoint: string;
  const bucketAt = (prefix: string): S3Bucket => ({
    ...{ endpoint, bucket: 'forge', prefix, region },
    ...keys,
  });

  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    server = spawn(s3Program(), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const client = new AwsClient({ ...keys, service: 's3', region });
    for (let left = 600; ; left -= 1) {
      const made = await client
        .fetch(`${endpoint}/forge`, { method: 'PUT' })
        .catch(() => undefined);
      if (made?.ok) break;
      if (left === 0) throw new Error('the S3 server does not start');
      await pause(50);
    }
  }, 60_000);
  afterAll(() => server.kill('SIGKILL'));

  describeBlobs('blobs in S3', () => blobsInS3(bucketAt('contract')));

  it('keeps the files of a registry, and nothing of them is on its disk', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'forge-s3-'));
    const env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    };
    const options = ['--data', join(directory, 'data'), '--blobs', 's3://forge/packages'];
    const registry = await startKeptRegistry(directory, options, env);
    const uploads = makers.map((make) => make('kept', '1.0.0'));
    for (const { path, method, headers, body } of uploads) {
      const { status } = await fetch(`${registry.url}${path}`, {
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
        body: body as Uint8Array<ArrayBuffer>,
      });
      expect(status).toBeLessThan(300);
    }
    const looked = await lookAt(registry.url, uploads);
    expect(looked).toEqual({ listed: uploads.length, lost: [], halves: [] });
    const stored: string[] = [];
    for await (const each of blobsInS3(bucketAt('packages')).list()) stored.push(each);
    expect(stored.sort()).toEqual(uploads.map(({ sha256 }) => sha256).sort());
    expect(readdirSync(join(directory, 'data'))).not.toContain('blobs');
    await registry.stop();
    rmSync(directory, { recursive: true });
  }, 60_000);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
