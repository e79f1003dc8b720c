import { ForgeError, type Ecosystem, type WireUpload } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readFile } from '../publish/read-file';
import { packageFiles } from './package-files';

/** Where packages are to be, and as whom. */
export interface SeededServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

/** What became of a file; `there` was there before, with the same bytes. */
export interface SeededFile {
  /** Below the directory. */
  readonly file: string;
  readonly outcome: 'published' | 'there' | 'refused';
  /** What it is, or each reason why it was not taken. */
  readonly lines: readonly string[];
}

/**
 * Publishes the files of a directory, whatever their ecosystems are, in the order of their names. One that is refused
 * holds back no other; a server that does not answer ends it all
 * (FORGE-C001).
 */
export async function* seedRegistry(
  directory: string,
  server: SeededServer,
  ecosystems: readonly Ecosystem[],
): AsyncGenerator<SeededFile> {
  for (const file of packageFiles(directory)) {
    const bytes = readFileSync(path.join(directory, file));
    const read = ecosystems.map((ecosystem) => ({
      ecosystem,
      upload: readFile(ecosystem, path.basename(file), bytes),
    }));
    const takers = read.flatMap(({ ecosystem, upload }) =>
      upload.ok ? [{ ecosystem, upload: upload.value }] : [],
    );
    const [taker, ...others] = takers;
    if (taker && others.length === 0) yield { file, ...(await send(server, file, bytes, taker)) };
    else yield { file, outcome: 'refused', lines: taker ? ambiguous(takers) : reasons(read) };
  }
}

type Read = readonly {
  readonly ecosystem: Ecosystem;
  readonly upload: ReturnType<typeof readFile>;
}[];

function reasons(read: Read): readonly string[] {
  return read.flatMap(({ ecosystem, upload }) =>
    upload.ok ? [] : upload.problems.map(({ what }) => `${ecosystem.title}: ${what}`),
  );
}

interface Taker {
  readonly ecosystem: Ecosystem;
  readonly upload: WireUpload;
}

function ambiguous(takers: readonly Taker[]): readonly string[] {
  const titles = takers.map(({ ecosystem }) => ecosystem.title).join(' and ');
  return [`it could be a package of ${titles}: publish it with its own tool`];
}

const answered = z.object({ message: z.string() });

async function send(
  { url, token }: SeededServer,
  file: string,
  bytes: Uint8Array,
  { ecosystem, upload: { name, version } }: Taker,
): Promise<Pick<SeededFile, 'outcome' | 'lines'>> {
  const query = new URLSearchParams({
    filename: path.basename(file),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const at = `${url}/api/v1/packages/${ecosystem.id}/${encodeURIComponent(name)}/publish?${query}`;
  const response = await fetch(at, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: Uint8Array.from(bytes),
    redirect: 'error',
  }).catch((error: Error) => {
    const { message } = error.cause instanceof Error ? error.cause : error;
    throw new ForgeError('FORGE-C001', { what: `${url} does not answer: ${message}` });
  });
  const text = await response.text();
  const what = `${ecosystem.title}: ${name} ${version}`;
  if (response.status === 201) return { outcome: 'published', lines: [what] };
  if (response.status === 200) return { outcome: 'there', lines: [what] };
  const message = messageIn(text) ?? `the server answers ${response.status}`;
  return { outcome: 'refused', lines: [`${what}: ${message}`] };
}

/** Whatever stands between may answer in other words. */
function messageIn(text: string): string | undefined {
  try {
    return answered.safeParse(JSON.parse(text)).data?.message;
  } catch {
    return undefined;
  }
}
