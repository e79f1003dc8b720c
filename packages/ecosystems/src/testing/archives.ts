import { gzip, writeTar } from '../archive';

/** A tar of text and binary files, for small artifacts in tests. */
export function tarOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return writeTar(
    Object.entries(files).map(([name, content]) => ({
      name,
      type: 'file',
      mode: 0o644,
      content: typeof content === 'string' ? Buffer.from(content) : content,
    })),
  );
}

export function tarGzOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return gzip(tarOf(files));
}

/** A `multipart/form-data` body: fields, then one file. */
export function formOf(
  fields: Readonly<Record<string, string>>,
  file: { readonly field: string; readonly filename: string; readonly bytes: Uint8Array },
): { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array } {
  const boundary = 'frontier-of-the-kit';
  const part = (disposition: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `${part(`name="${name}"`)}${value}\r\n`,
  );
  const head = part(`name="${file.field}"; filename="${file.filename}"`);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(texts.join('') + head),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
