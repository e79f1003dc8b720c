import { digest } from './digest';

/** A `multipart/form-data` body with texts and one file, as `parseMultipart` reads it. */
export function writeMultipart(
  fields: Readonly<Record<string, string>>,
  file: { readonly field: string; readonly filename: string; readonly bytes: Uint8Array },
): { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array } {
  // No file holds the digest of itself.
  const boundary = `forge-${digest('sha256', file.bytes).slice(0, 40)}`;
  const part = (disposition: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `${part(`name="${name}"`)}${value}\r\n`,
  );
  const quoted = file.filename.replace(/["\\]/g, '\\$&');
  const head = part(`name="${file.field}"; filename="${quoted}"`);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      Buffer.from(texts.join('') + head),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
