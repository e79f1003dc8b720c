import { zipSync } from 'fflate';
import { gzip, writeTar } from '../../../archive';

/** A small sdist, for the specs of this folder. */
export function sdistOf(
  name: string,
  version: string,
  members: Readonly<Record<string, string>> = {},
): Uint8Array {
  const root = `${name}-${version}`;
  const files = { 'PKG-INFO': metadataOf(name, version), ...members };
  const entries = Object.entries(files).map(([path, text]) => ({
    name: `${root}/${path}`,
    type: 'file' as const,
    mode: 0o644,
    content: Buffer.from(text),
  }));
  return gzip(writeTar(entries));
}

/** A small wheel; `record` is the content of its RECORD. */
export function wheelOf(
  name: string,
  version: string,
  members: Readonly<Record<string, string>> = {},
  record = '',
): Uint8Array {
  const info = `${name}-${version}.dist-info`;
  const files = {
    ...members,
    [`${info}/METADATA`]: metadataOf(name, version),
    [`${info}/RECORD`]: record,
  };
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
  );
}

function metadataOf(name: string, version: string): string {
  return [
    'Metadata-Version: 2.4',
    `Name: ${name}`,
    `Version: ${version}`,
    'Summary: small',
    'Requires-Python: >=3.9',
    'Requires-Dist: core>=1.2,<2',
    '',
    'Name: not a field but the description',
  ].join('\n');
}

/** The form that twine posts, with some fields replaced. */
export function uploadForm(
  filename: string,
  bytes: Uint8Array,
  fields: Readonly<Record<string, string>>,
): { readonly headers: Record<string, string>; readonly body: Uint8Array } {
  const boundary = 'frontier';
  const parts = Object.entries({ ':action': 'file_upload', protocol_version: '1', ...fields }).map(
    ([name, value]) =>
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
  );
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="content"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      ...parts,
      Buffer.from(file),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
