import { createHash } from 'node:crypto';
import type { Upload } from './uploads';

interface Listed {
  readonly sequence: number;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly filename: string; readonly sha256: string }[];
}

/** What a server shows of what was published to it. */
export interface Looked {
  readonly listed: number;
  /** Acknowledged, and not there or other than it was sent. */
  readonly lost: readonly string[];
  /** Shown, and not whole: without files, or with bytes that are not those. */
  readonly halves: readonly string[];
}

/** Looks at everything that arrived, downloads it, and compares it with what was acknowledged. */
export async function lookAt(url: string, acknowledged: readonly Upload[]): Promise<Looked> {
  const listed = await everything(url, 0);
  const shown = new Map(listed.map((each) => [keyOf(each), each]));
  const lost = acknowledged.filter((upload) => {
    const files = shown.get(keyOf(upload))?.files ?? [];
    return files.length !== 1 || files[0]?.sha256 !== upload.sha256;
  });
  const halves: string[] = [];
  for (const each of listed) if (!(await isWhole(url, each))) halves.push(keyOf(each));
  return { listed: listed.length, lost: lost.map(keyOf), halves };
}

async function everything(url: string, from: number): Promise<readonly Listed[]> {
  const response = await fetch(`${url}/api/v1/versions?after=${from}&limit=1000`);
  const { versions } = (await response.json()) as { versions: Listed[] };
  const last = versions.at(-1);
  return last ? [...versions, ...(await everything(url, last.sequence))] : versions;
}

async function isWhole(url: string, { ecosystem, name, version, files }: Listed): Promise<boolean> {
  const [file] = files;
  if (!file) return false;
  const response = await fetch(`${url}/api/v1/packages/${ecosystem}/${name}/${version}/download`);
  if (response.status !== 200) return false;
  const bytes = Buffer.from(await response.arrayBuffer());
  return createHash('sha256').update(bytes).digest('hex') === file.sha256;
}

function keyOf({
  ecosystem,
  name,
  version,
}: Pick<Upload, 'ecosystem' | 'name' | 'version'>): string {
  return `${ecosystem}:${name}@${version}`;
}
