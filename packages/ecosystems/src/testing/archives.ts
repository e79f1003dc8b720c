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
