import { digest, parseMultipart, type Part } from '../../archive';
import { ForgeError, type ErrorCode } from '../../errors';
import { fail, ok, type Json, type Result, type WireRequest, type WireUpload } from '../../model';
import type { CoreMetadata } from './core-metadata';
import { readDistribution, type Distribution } from './distribution';
import { isProjectName, normalizeName } from './names';
import { partsOf } from './version-parts';
import { versions } from './versions';

/** The end of the name of a file that holds a wheel's metadata (PEP 658); it is stored beside the wheel. */
export const metadataSuffix = '.metadata';

/** The form that twine and uv post, one distribution at a time. */
export function parseUpload({ headers, body }: WireRequest): Result<WireUpload> {
  const parts = parseMultipart(headers['content-type'], body);
  if (!parts.ok) return parts;
  const repeated = repeatedField(parts.value);
  if (repeated !== undefined) return refuse('FORGE-R001', `the form has \`${repeated}\` twice`);
  const form = new Map(parts.value.map((part) => [part.name, part]));
  const content = form.get('content');
  if (textOf(form, ':action') !== 'file_upload')
    return refuse('FORGE-R001', 'the form has no `:action` of `file_upload`');
  if (content?.filename === undefined)
    return refuse('FORGE-R001', 'the form has no file `content`');
  const problems = [...claimProblems(form), ...digestProblems(form, content)];
  if (problems.length > 0) return fail(...problems);
  const distribution = readDistribution(content.filename, content.bytes);
  if (!distribution.ok) return distribution;
  const differences = claimDifferences(form, distribution.value);
  if (differences.length > 0) return fail(...differences);
  return ok(uploadOf(content.filename, content.bytes, distribution.value));
}

/** Twine and uv repeat what a package may have several of (`classifiers`); of these it has one, whichever is read. */
const once = [':action', 'name', 'version', 'content', 'sha256_digest', 'md5_digest'];

function repeatedField(parts: readonly Part[]): string | undefined {
  return once.find((name) => parts.filter((part) => part.name === name).length > 1);
}

function uploadOf(filename: string, bytes: Uint8Array, distribution: Distribution): WireUpload {
  const { metadata, metadataBytes } = distribution;
  const isWheel = distribution.filename.kind === 'bdist_wheel';
  const beside = { filename: `${filename}${metadataSuffix}`, bytes: metadataBytes };
  return {
    name: metadata.name,
    version: metadata.version,
    files: [{ filename, bytes }, ...(isWheel ? [beside] : [])],
    metadata: metadataJson(metadata),
  };
}

function metadataJson({ first, all }: CoreMetadata): Json {
  return {
    summary: first('Summary') ?? '',
    requires_python: first('Requires-Python') ?? null,
    requires_dist: all('Requires-Dist'),
    license: first('License-Expression') ?? first('License') ?? '',
    author: first('Author') ?? '',
    author_email: first('Author-Email') ?? '',
    keywords: first('Keywords') ?? '',
    classifiers: all('Classifier'),
    project_urls: all('Project-URL'),
  };
}

function claimProblems(form: ReadonlyMap<string, Part>): ForgeError[] {
  const name = textOf(form, 'name');
  const version = textOf(form, 'version');
  const parts = partsOf(version);
  return [
    ...(isProjectName(name) ? [] : [problem('FORGE-R002', `\`${name}\` is no project name`)]),
    ...(parts ? [] : [problem('FORGE-R003', `\`${version}\` is no version of PEP 440`)]),
    ...(parts?.isLocal ? [problem('FORGE-R003', `\`${version}\` is a local version`)] : []),
  ];
}

function digestProblems(form: ReadonlyMap<string, Part>, { bytes }: Part): ForgeError[] {
  return (['sha256', 'md5'] as const)
    .filter((algorithm) => {
      const claimed = textOf(form, `${algorithm}_digest`).toLowerCase();
      return claimed !== '' && claimed !== digest(algorithm, bytes);
    })
    .map((algorithm) => problem('FORGE-R004', `the ${algorithm} digest does not match the file`));
}

/** The form, the file's name and the metadata inside must say the same. */
function claimDifferences(
  form: ReadonlyMap<string, Part>,
  { filename, metadata }: Distribution,
): ForgeError[] {
  const name = textOf(form, 'name');
  const version = textOf(form, 'version');
  const said = [
    ['the file is named for', filename],
    ['the metadata inside says', metadata],
  ] as const;
  const differences = said.flatMap(([source, other]) => [
    ...(normalizeName(other.name) === normalizeName(name)
      ? []
      : [problem('FORGE-R001', `${source} \`${other.name}\`, the form \`${name}\``)]),
    ...(partsOf(other.version) && versions.compare(other.version, version) === 0
      ? []
      : [problem('FORGE-R001', `${source} version ${other.version}, the form ${version}`)]),
  ]);
  const type = textOf(form, 'filetype');
  if (type === filename.kind) return differences;
  return [...differences, problem('FORGE-R001', `the file is no \`${type}\``)];
}

function textOf(form: ReadonlyMap<string, Part>, field: string): string {
  return Buffer.from(form.get(field)?.bytes ?? []).toString('utf8');
}

function problem(code: ErrorCode, what: string): ForgeError {
  return new ForgeError(code, { what });
}

function refuse(code: ErrorCode, what: string): Result<never> {
  return fail(problem(code, what));
}
