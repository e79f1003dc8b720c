import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';

/** One field of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A view into the body, not a copy. */
  readonly bytes: Uint8Array;
}

const maximumParts = 10_000;
const maximumHeaderBytes = 16_384;

/**
 * The fields of a `multipart/form-data` body (RFC 7578) in order. Strict: a body that does not end with
 * the closing boundary is cut off and is refused as a whole. Problems: FORGE-R001.
 */
export function parseMultipart(
  contentType: string | undefined,
  body: Uint8Array,
): Result<readonly Part[]> {
  const boundary = boundaryOf(contentType ?? '');
  if (boundary === undefined) return malformed('it is not `multipart/form-data` with a boundary');
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const open = Buffer.from(`--${boundary}`, 'latin1');
  // A preamble before the first boundary is allowed by RFC 2046; no known client sends one.
  const first = startsWith(bytes, open, 0)
    ? 0
    : bytes.indexOf(`\r\n--${boundary}`, 0, 'latin1') + 2;
  if (first === 1) return malformed('the first boundary is missing');
  return partsFrom(bytes, first + open.length, Buffer.from(`\r\n--${boundary}`, 'latin1'));
}

/** `at` stands right behind a boundary. */
function partsFrom(bytes: Buffer, start: number, separator: Buffer): Result<readonly Part[]> {
  const parts: Part[] = [];
  let at = start;
  while (!startsWith(bytes, Buffer.from('--'), at)) {
    if (parts.length === maximumParts) return malformed(`it has over ${maximumParts} fields`);
    if (!startsWith(bytes, Buffer.from('\r\n'), at)) return malformed('a boundary line is broken');
    const end = bytes.indexOf(separator, at);
    if (end < 0) return malformed('the closing boundary is missing');
    const part = partOf(bytes.subarray(at + 2, Math.max(end, at + 2)));
    if (!part) return malformed('a field has no usable header');
    parts.push(part);
    at = end + separator.length;
  }
  return ok(parts);
}

function partOf(bytes: Buffer): Part | undefined {
  const split = bytes.subarray(0, maximumHeaderBytes).indexOf('\r\n\r\n');
  if (split < 0) return undefined;
  const headers = headersOf(bytes.toString('utf8', 0, split));
  const disposition = headers?.['content-disposition'];
  if (!headers || !disposition || !/^form-data\s*;/i.test(disposition)) return undefined;
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  const filename = parameter(disposition, 'filename');
  const content = bytes.subarray(split + 4);
  return { name, headers, bytes: content, ...(filename === undefined ? {} : { filename }) };
}

function headersOf(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** Browsers and reqwest write `"` inside a name as `%22`, urllib3 as `\"`; neither occurs in a package's name. */
function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header);
  return found?.[1]?.replace(/\\(["\\])/g, '$1') ?? found?.[2];
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  const boundary = parameter(contentType, 'boundary');
  return boundary && boundary.length <= 70 ? boundary : undefined;
}

function startsWith(bytes: Buffer, expected: Buffer, at: number): boolean {
  return bytes.subarray(at, at + expected.length).equals(expected);
}

function malformed(why: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what: `the upload cannot be read: ${why}` }));
}
