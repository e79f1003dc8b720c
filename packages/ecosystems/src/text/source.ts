import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';
import type { Source } from '../model/source';

const utf8BomLength = 3;
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
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(utf8BomLength) : bytes;
  const utf8 = decodeUtf8(body);
  const text = utf8 ?? Buffer.from(body).toString('latin1');
  if (text.includes('\0')) return wrongEncoding(file, 'holds NUL bytes: it is UTF-16 or binary');
  if (utf8 === undefined && !options.toleratesLatin1)
    return wrongEncoding(file, 'is not valid UTF-8');
  const encoding = utf8 === undefined ? 'latin1' : 'utf8';
  return ok({ file, bytes, bom, eol: eolOf(text), text, encoding });
}

/**
 * The same for text that was decoded already, as `readFileSync(file, 'utf8')` does faster than anything here.
 * `undefined` where the text may hide what the bytes were: U+FFFD stands for any invalid byte.
 */
export function sourceOfText(file: string, decoded: string): Source | undefined {
  return /[\0\ufffd]/.test(decoded) ? undefined : new DecodedText(file, decoded);
}

/** Makes its bytes and looks for its line ends when somebody asks: only edits do. */
class DecodedText implements Source {
  readonly encoding = 'utf8';
  readonly bom: boolean;
  readonly text: string;
  private encoded: Uint8Array | undefined;

  constructor(
    readonly file: string,
    private readonly decoded: string,
  ) {
    this.bom = decoded.startsWith('\ufeff');
    this.text = this.bom ? decoded.slice(1) : decoded;
  }

  get bytes(): Uint8Array {
    this.encoded ??= Buffer.from(this.decoded);
    return this.encoded;
  }

  get eol(): Source['eol'] {
    return eolOf(this.text);
  }
}

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(body);
  } catch {
    // TextDecoder in fatal mode has no other way to say "invalid" than to throw.
    return undefined;
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
