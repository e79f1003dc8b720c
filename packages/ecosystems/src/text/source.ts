import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';
import type { Source } from '../model/source';

const utf8Bom = [0xef, 0xbb, 0xbf];
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes a file without losing a byte. UTF-16 and files with NUL bytes are refused (FORGE-M003);
 * invalid UTF-8 is refused too, unless `toleratesLatin1`, where each byte then stands for one character.
 */
export function decodeSource(
  file: string,
  bytes: Uint8Array,
  options: { readonly toleratesLatin1: boolean } = { toleratesLatin1: false },
): Result<Source> {
  if (bytes.includes(0)) return wrongEncoding(file, 'holds NUL bytes: it is UTF-16 or binary');
  const bom = utf8Bom.every((byte, index) => bytes[index] === byte);
  const body = bom ? bytes.subarray(utf8Bom.length) : bytes;
  const decoded = decode(body, options.toleratesLatin1);
  if (!decoded) return wrongEncoding(file, 'is not valid UTF-8');
  return ok({ file, bytes, bom, eol: eolOf(decoded.text), ...decoded });
}

function decode(
  body: Uint8Array,
  toleratesLatin1: boolean,
): Pick<Source, 'text' | 'encoding'> | null {
  try {
    return { text: strictUtf8.decode(body), encoding: 'utf8' };
  } catch {
    // TextDecoder in fatal mode has no other way to say "invalid" than to throw.
    if (!toleratesLatin1) return null;
    return { text: Buffer.from(body).toString('latin1'), encoding: 'latin1' };
  }
}

function eolOf(text: string): Source['eol'] {
  const crlf = text.includes('\r\n');
  if (!crlf) return '\n';
  return /(^|[^\r])\n/.test(text) ? 'mixed' : '\r\n';
}

function wrongEncoding(file: string, why: string): Result<never> {
  return fail(new ForgeError('FORGE-M003', { what: `\`${file}\` ${why}`, where: { file } }));
}
