import { ForgeError } from '@forge/ecosystems';
import type { AwsClient } from 'aws4fetch';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import type { Blobs, ByteSpan } from './blobs';

/** A bucket of S3 or of a server that speaks its protocol. */
export interface S3Bucket {
  /** `https://s3.example`; objects are at `ENDPOINT/BUCKET/PREFIX/ab/abcdef…`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Answers 5xx and 429 are tried again so often, with growing pauses. */
const retries = 4;

/**
 * Blobs as objects. Each is written once (`If-None-Match: *`) and whole: S3 shows no half of an object, and checks the
 * bytes against the sha256 that is signed with them. FORGE-R024 for an answer that leaves open what is stored.
 */
export function blobsInS3(bucket: S3Bucket): Blobs {
  const client = openClient(bucket);
  const root = [bucket.endpoint.replace(/\/$/, ''), bucket.bucket].join('/');
  const folder = bucket.prefix === '' ? '' : `${bucket.prefix}/`;
  const urlOf = (sha256: string) => `${root}/${folder}${sha256.slice(0, 2)}/${sha256}`;
  return {
    put: (sha256, bytes) => put(client, urlOf(sha256), sha256, bytes),
    get: (sha256) => buffer(read(client, urlOf(sha256), undefined)),
    read: (sha256, span) => Readable.from(read(client, urlOf(sha256), span)),
    async delete(sha256) {
      const answer = await ask(client, urlOf(sha256), { method: 'DELETE' });
      if (answer.status !== 204 && answer.status !== 404) throw await unexpected('DELETE', answer);
    },
    // An object that was cut off was never there.
    deleteUnfinished: () => Promise.resolve(),
    list: () => list(client, root, folder),
  };
}

function openClient(credentials: S3Bucket): AwsClient {
  const { AwsClient: Client } = require('aws4fetch') as typeof import('aws4fetch');
  const { region, accessKeyId, secretAccessKey, sessionToken } = credentials;
  return new Client({
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: 's3',
    retries,
  });
}

async function put(client: AwsClient, url: string, sha256: string, bytes: Uint8Array) {
  const headers = { 'if-none-match': '*', 'x-amz-content-sha256': sha256 };
  for (let left = retries; ; left -= 1) {
    const answer = await ask(client, url, {
      method: 'PUT',
      headers,
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    // Drained, so that the connection can be used again.
    const text = await answer.text();
    // There already: another upload of the same bytes.
    if (answer.ok || answer.status === 412) return;
    // Two uploads of one object at the same moment; S3 asks for another try.
    if (answer.status !== 409 || left === 0) throw failed('PUT', answer.status, text);
    await pause(100);
  }
}

async function* read(client: AwsClient, url: string, span: ByteSpan | undefined) {
  const headers = span ? { range: `bytes=${span.start}-${span.end}` } : {};
  const answer = await ask(client, url, { headers });
  if (answer.status !== (span ? 206 : 200) || !answer.body) throw await unexpected('GET', answer);
  yield* answer.body as ReadableStream<Uint8Array>;
}

async function* list(client: AwsClient, root: string, folder: string): AsyncIterable<string> {
  for (let token: string | undefined = ''; token !== undefined;) {
    const query = new URLSearchParams({ 'list-type': '2', prefix: folder });
    if (token !== '') query.set('continuation-token', token);
    const answer = await ask(client, `${root}?${query}`, {});
    if (answer.status !== 200) throw await unexpected('GET', answer);
    const text = await answer.text();
    const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
    yield* keys
      .map((key) => key.slice(key.lastIndexOf('/') + 1))
      .filter((name) => /^[0-9a-f]{64}$/.test(name));
    token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(text)?.[1];
  }
}

async function ask(client: AwsClient, url: string, init: RequestInit): Promise<Response> {
  try {
    return await client.fetch(url, init);
  } catch (error) {
    const { message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
    throw new ForgeError('FORGE-R024', {
      what: `${new URL(url).host} does not answer: ${cause?.code ?? message}`,
    });
  }
}

async function unexpected(method: string, answer: Response): Promise<ForgeError> {
  return failed(method, answer.status, await answer.text());
}

function failed(method: string, status: number, text: string): ForgeError {
  const reason = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  const why = reason === undefined ? '' : ` (${reason})`;
  return new ForgeError('FORGE-R024', {
    what: `the object storage answers ${status}${why} to ${method}`,
  });
}
