import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Digest,
  type Result,
  type Upstream,
  type UpstreamFile,
  type UpstreamQuestion,
} from '../../model';
import { parseJson } from '../../text';
import { normalizeName } from './names';
import { fileUrl, filesPage, jsonType, type IndexedFile } from './simple-index';
import { metadataSuffix } from './upload-form';

/** The page of a project in another simple index, as JSON (PEP 691); the two interfaces stand side by side. */
export const upstream: Upstream = {
  document(name, { path }, endpoints) {
    if (!/^\/(?:simple|files)\//.test(path)) return undefined;
    const simple = (endpoints['json'] ?? '').replace(/\/pypi\/?$/, '/simple');
    const url = `${simple}/${encodeURIComponent(normalizeName(name))}/`;
    return { method: 'GET', url, headers: { accept: jsonType } };
  },
  read(body, asked) {
    const page = parseJson(body);
    if (!isObject(page) || !Array.isArray(page['files']) || !isOf(page, asked))
      return refused(asked);
    const files = page['files'].flatMap((file) => (isObject(file) ? listed(file, asked) : []));
    const versions = Array.isArray(page['versions']) ? page['versions'].map(String) : undefined;
    return ok({
      files: files.flatMap(downloads),
      respond: (request, context) =>
        filesPage(
          { name: asked.name, ...(versions && { versions }) },
          files.map((file) => ({ ...file, url: fileUrl(asked.name, file.filename, context) })),
          request,
        ),
    });
  },
};

type JsonObject = Readonly<Record<string, unknown>>;

function isOf({ name }: JsonObject, asked: UpstreamQuestion): boolean {
  return typeof name === 'string' && normalizeName(name) === normalizeName(asked.name);
}

/** With the address at the other index. Files without a sha256 cannot be checked and are not told of. */
function listed(file: JsonObject, { url }: UpstreamQuestion): IndexedFile[] {
  const { filename, url: link, size, yanked } = file;
  const sha256 = sha256In(file['hashes']);
  if (typeof filename !== 'string' || !/^[\w.!+-]+$/.test(filename)) return [];
  if (sha256 === undefined || typeof link !== 'string' || !URL.canParse(link, url)) return [];
  // PEP 714: the name before, which some indexes still give beside it.
  const metadata = sha256In(file['core-metadata'] ?? file['dist-info-metadata']);
  const uploadedAt = file['upload-time'];
  const requiresPython = file['requires-python'];
  return [
    {
      filename,
      url: new URL(link, url).href,
      sha256,
      requiresPython: typeof requiresPython === 'string' ? requiresPython : null,
      yanked: typeof yanked === 'string' ? yanked : yanked === true,
      ...(typeof size === 'number' && { size }),
      ...(typeof uploadedAt === 'string' && { uploadedAt }),
      ...(metadata !== undefined && { metadata }),
    },
  ];
}

/** A distribution, and the metadata that stands beside it (PEP 658). */
function downloads({ filename, url, sha256, metadata }: IndexedFile): UpstreamFile[] {
  const plain = url.replace(/#.*$/, '');
  const of = (value: string): Digest => ({ algorithm: 'sha256', value });
  const beside = {
    filename: `${filename}${metadataSuffix}`,
    url: `${plain}${metadataSuffix}`,
  };
  return [
    { filename, url: plain, digest: of(sha256) },
    ...(metadata === undefined ? [] : [{ ...beside, digest: of(metadata) }]),
  ];
}

function sha256In(hashes: unknown): string | undefined {
  const found = isObject(hashes) ? hashes['sha256'] : undefined;
  return typeof found === 'string' && /^[0-9a-f]{64}$/i.test(found)
    ? found.toLowerCase()
    : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function refused({ name, url }: UpstreamQuestion): Result<never> {
  const what = `what ${url} answers is no page of \`${name}\` in a simple index as JSON (PEP 691)`;
  return fail(new ForgeError('FORGE-R014', { what }));
}
