import type {
  StoredFile,
  StoredPackage,
  StoredVersion,
  WireContext,
  WireRequest,
  WireResponse,
} from '../../model';
import { normalizeName } from './names';
import { metadataSuffix } from './upload-form';

/** PEP 691. */
export const jsonType = 'application/vnd.pypi.simple.v1+json';
const htmlType = 'application/vnd.pypi.simple.v1+html';

/** A distribution as a page lists it. */
export interface IndexedFile {
  readonly filename: string;
  readonly url: string;
  readonly sha256: string;
  readonly size?: number;
  readonly requiresPython: string | null;
  readonly uploadedAt?: string;
  /** With the reason where one was given (PEP 592). */
  readonly yanked: boolean | string;
  /** sha256 of the metadata file that stands beside a wheel (PEP 658, PEP 714). */
  readonly metadata?: string;
}

/** The list of all projects (PEP 503, PEP 691). */
export function projectList(
  packages: readonly StoredPackage[],
  request: WireRequest,
): WireResponse {
  const projects = packages.map(({ name }) => ({ name }));
  return negotiated(request, { projects }, () =>
    projects.map(({ name }) => anchor(`${encodeURIComponent(normalizeName(name))}/`, name)),
  );
}

/** The files of one project. */
export function projectPage(
  found: StoredPackage,
  request: WireRequest,
  context: WireContext,
): WireResponse {
  const files = found.versions.flatMap((version) => indexedFiles(found, version, context));
  const versions = found.versions.map(({ version }) => version);
  return filesPage({ name: found.name, versions }, files, request);
}

/** A page of these files. */
export function filesPage(
  project: { readonly name: string; readonly versions?: readonly string[] },
  files: readonly IndexedFile[],
  request: WireRequest,
): WireResponse {
  const { name, ...others } = project;
  const document = { name: normalizeName(name), ...others, files: files.map(fileJson) };
  return negotiated(request, document, () => files.map(fileAnchor));
}

/** The distributions of a version, without the metadata files that stand beside them. */
export function distributionsOf({ files }: StoredVersion): readonly StoredFile[] {
  return files.filter(({ filename }) => !filename.endsWith(metadataSuffix));
}

export function fileUrl(name: string, filename: string, { baseUrl }: WireContext): string {
  return `${baseUrl}/files/${normalizeName(name)}/${encodeURIComponent(filename)}`;
}

function indexedFiles(
  { name }: StoredPackage,
  version: StoredVersion,
  context: WireContext,
): IndexedFile[] {
  const metadata = version.metadata as { readonly requires_python?: string | null };
  return distributionsOf(version).map(({ filename, sha256, size }) => {
    const beside = version.files.find((file) => file.filename === `${filename}${metadataSuffix}`);
    return {
      filename,
      url: fileUrl(name, filename, context),
      sha256,
      size,
      requiresPython: metadata.requires_python ?? null,
      uploadedAt: version.publishedAt,
      yanked: yankedOf(version),
      ...(beside && { metadata: beside.sha256 }),
    };
  });
}

/** An empty reason would be read as "not yanked" by whoever tests for truth. */
function yankedOf({ yanked, notice }: StoredVersion): boolean | string {
  return yanked ? notice?.message || true : false;
}

function fileJson(file: IndexedFile) {
  return {
    filename: file.filename,
    url: file.url,
    hashes: { sha256: file.sha256 },
    ...(file.size !== undefined && { size: file.size }),
    ...(file.uploadedAt !== undefined && { 'upload-time': file.uploadedAt }),
    ...(file.requiresPython !== null && { 'requires-python': file.requiresPython }),
    yanked: file.yanked,
    'core-metadata': file.metadata === undefined ? false : { sha256: file.metadata },
  };
}

function fileAnchor(file: IndexedFile): string {
  const { filename, url, sha256, requiresPython, metadata } = file;
  return anchor(`${url}#sha256=${sha256}`, filename, {
    ...(requiresPython !== null && { 'data-requires-python': requiresPython }),
    ...(metadata !== undefined && { 'data-core-metadata': `sha256=${metadata}` }),
    ...(file.yanked !== false && { 'data-yanked': file.yanked === true ? '' : file.yanked }),
  });
}

function anchor(href: string, text: string, attributes: Readonly<Record<string, string>> = {}) {
  const rest = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  return `<a href="${escape(href)}"${rest.join('')}>${escape(text)}</a><br>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** PEP 691: JSON where the client prefers it, else HTML. */
function negotiated(
  { headers }: WireRequest,
  document: object,
  anchors: () => readonly string[],
): WireResponse {
  const type = preferredType(headers['accept'] ?? '');
  const shared = { 'content-type': type, vary: 'Accept', 'cache-control': 'no-cache' };
  if (type === jsonType)
    return {
      status: 200,
      headers: shared,
      body: JSON.stringify({ meta: { 'api-version': '1.1' }, ...document }),
    };
  const head = '<meta name="pypi:repository-version" content="1.1">';
  const body = [
    '<!DOCTYPE html>',
    `<html><head>${head}</head><body>`,
    ...anchors(),
    '</body></html>',
  ];
  return { status: 200, headers: shared, body: body.join('\n') };
}

function preferredType(accept: string): string {
  const weights = new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return [type.replace('.latest+', '.v1+'), Number(weight)] as const;
    }),
  );
  const weightOf = (type: string): number => weights.get(type) ?? 0;
  const html = Math.max(weightOf(htmlType), weightOf('text/html'));
  if (weightOf(jsonType) > 0 && weightOf(jsonType) >= html) return jsonType;
  return weightOf(htmlType) > weightOf('text/html') ? htmlType : 'text/html; charset=utf-8';
}
