import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { UpstreamAnswer } from './get';

/** A question to another registry. */
export interface Asked {
  readonly url: string;
  readonly accept: string | undefined;
}

/** What other registries answered, for when they cannot be reached. */
export interface KeptAnswers {
  /** A failure to keep something is none of the one who asked. */
  keep(asked: Asked, answer: UpstreamAnswer): Promise<void>;
  find(asked: Asked): Promise<UpstreamAnswer | undefined>;
}

const dayMs = 86_400_000;
/** What nobody asked for in so long is thrown away when the server starts. */
const keptMs = 90 * dayMs;

/** What says something of what is asked for: it is there, or it is not. */
const telling = new Set([200, 404, 410]);

/**
 * In a directory that only this user can see: a file for each question, with a line of JSON before the body. Several
 * servers may share it.
 */
export async function openKeptAnswers(
  directory: string,
  now: () => Date = () => new Date(),
): Promise<KeptAnswers> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await throwAway(directory, now().getTime() - keptMs);
  return {
    async keep(asked, { status, etag, body }) {
      if (!telling.has(status)) return;
      const file = fileOf(directory, asked);
      const written = `${file}.${randomUUID()}`;
      const head = `${JSON.stringify({ url: asked.url, status, etag })}\n`;
      try {
        await writeFile(written, [head, body], { mode: 0o600 });
        await rename(written, file);
      } catch {
        await rm(written, { force: true }).catch(() => undefined);
      }
    },
    async find(asked) {
      const file = fileOf(directory, asked);
      const content = await readFile(file).catch(() => undefined);
      if (!content) return undefined;
      await utimes(file, now(), now()).catch(() => undefined);
      return answerIn(content);
    },
  };
}

/** Also of writers that were killed. */
async function throwAway(directory: string, before: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() && found.mtimeMs < before) await rm(file, { force: true });
  }
}

function fileOf(directory: string, { url, accept = '' }: Asked): string {
  const key = JSON.stringify([url, accept]);
  return path.join(directory, createHash('sha256').update(key).digest('hex'));
}

/** Undefined for what somebody else wrote there. */
function answerIn(content: Buffer): UpstreamAnswer | undefined {
  const end = content.indexOf('\n');
  try {
    const head = JSON.parse(content.subarray(0, end).toString()) as Omit<UpstreamAnswer, 'body'>;
    return { status: head.status, etag: head.etag, body: content.subarray(end + 1) };
  } catch {
    return undefined;
  }
}
