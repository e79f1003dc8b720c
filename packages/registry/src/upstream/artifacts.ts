import { ok, type Result, type UpstreamFile } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { findUpstreamFile, keepUpstreamFile, type FoundFile, type Store } from '../store';
import { receiveFile } from '../publish/digests';
import { get, isAsSafe, unexpected } from './get';
import type { KeptAnswers } from './kept-answers';
import { oneAtATime } from './one-at-a-time';

/** A file of another registry, checked and stored here; `source` is the document that names it. */
export type Artifacts = (file: UpstreamFile, source: string) => Promise<Result<FoundFile>>;

const timeoutMs = 600_000;
const limit = 512 * 1024 ** 2;
const redirects = 5;

/**
 * Files are kept by the digest that the index promises, for good: their bytes are those or they are refused. What an
 * index does not name any more is not looked for, so a file that is taken back there is gone here, too.
 */
export function openArtifacts({ db, blobs }: Store, kept?: KeptAnswers): Artifacts {
  const shared = oneAtATime<Result<FoundFile>>();

  async function fetchFile({ filename, url, digest }: UpstreamFile, source: string) {
    const known = await findUpstreamFile(db, digest);
    if (known) return ok(foundFile(filename, known));
    if (!isAsSafe(url, source)) return unexpected(`leads from ${source} to ${url}`);
    // What a server compresses on the way is not what the digest is of.
    const headers = { 'accept-encoding': 'identity' };
    const isPromised = (body: Uint8Array) =>
      createHash(digest.algorithm).update(body).digest('hex') === digest.value;
    const before = await kept?.find({ url, accept: undefined });
    const answer =
      before && isPromised(before.body)
        ? ok(before)
        : await get(url, { headers, limit, timeoutMs, redirects, kept });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    if (status !== 200) return unexpected(`answers ${status} to GET ${url}`);
    if (!isPromised(body))
      return unexpected(`has another file at ${url} than its index promises (${digest.algorithm})`);
    const { sha256, size } = receiveFile(filename, body);
    await blobs.put(sha256, body);
    await keepUpstreamFile(db, digest, { sha256, size });
    return ok(foundFile(filename, { sha256, size }));
  }

  return (file, source) =>
    shared(`${file.digest.algorithm}:${file.digest.value}`, () => fetchFile(file, source));
}

function foundFile(filename: string, stored: Pick<FoundFile, 'sha256' | 'size'>): FoundFile {
  return { filename, ...stored, digests: [], isFixed: true };
}
