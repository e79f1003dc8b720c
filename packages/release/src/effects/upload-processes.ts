import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, removeFile, writeDurably } from './durable-files';
import { processStart } from './process-start';

/** Is told of a process when it starts; what it answers is called when the process has ended. */
export type ProcessWatch = (pid: number) => () => void;

const uploads = '.forge/uploads';

/**
 * Writes down every uploading program while it runs. When this process is killed such a program lives on and may well
 * finish: whoever goes on has to let it, or the same package goes up twice.
 */
export function watchUploads(root: string): ProcessWatch {
  return (pid) => {
    const path = join(root, uploads, String(pid));
    writeDurably(path, processStart(pid) ?? '');
    return () => removeFile(path);
  };
}

/** Uploading programs that outlived their release. What is written down of others is forgotten. */
export function livingUploads(root: string): number[] {
  const directory = join(root, uploads);
  return listFiles(directory).flatMap((name) => {
    const path = join(directory, name);
    const pid = Number(name);
    if (Number.isInteger(pid) && processStart(pid) === readFileSync(path, 'utf8')) return [pid];
    removeFile(path);
    return [];
  });
}
