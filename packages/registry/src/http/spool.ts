import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Bytes that wait on the disk. */
export interface Spool {
  write(bytes: Uint8Array): Promise<void>;
  /** Everything that was written. */
  read(): Promise<Buffer>;
  close(): Promise<void>;
}

/** A file without a name: it is gone with the process, however that ends. */
export async function openSpool(directory: string): Promise<Spool> {
  const name = path.join(directory, `upload-${randomUUID()}`);
  const file = await open(name, 'wx+', 0o600);
  await unlink(name);
  let size = 0;
  return {
    async write(bytes) {
      await file.appendFile(bytes);
      size += bytes.byteLength;
    },
    async read() {
      const bytes = Buffer.allocUnsafeSlow(size);
      for (let at = 0; at < size;) {
        const { bytesRead } = await file.read(bytes, at, size - at, at);
        if (bytesRead === 0) throw new Error('a file for an upload is shorter than it was');
        at += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
