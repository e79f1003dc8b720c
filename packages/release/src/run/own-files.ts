import { join } from 'node:path';
import { ForgeError } from '@forge/ecosystems';
import { removeFile, replaceWhole } from '../effects/durable-files';
import { readIfPresent } from '../effects/files';
import type { PlannedFile } from '../record/planned-release';
import type { ReleaseStore } from '../record/release-store';

export type FileSide = 'before' | 'after';

/** FORGE-L004 for each file that is neither as it was nor as the release makes it. */
export function foreignContents(root: string, store: ReleaseStore): readonly ForgeError[] {
  return store.planned.files.flatMap((file) => {
    if (isOurs(root, store, file)) return [];
    const what = `\`${file.path}\` holds something that is not from this release`;
    return [new ForgeError('FORGE-L004', { what, where: { file: file.path } })];
  });
}

/** Brings files to one side of the release, whatever was left half-way. */
export function putFiles(
  root: string,
  store: ReleaseStore,
  side: FileSide,
  kinds: ReadonlySet<PlannedFile['kind']> = new Set(['version', 'changelog', 'version plan']),
): void {
  for (const file of store.planned.files.filter(({ kind }) => kinds.has(kind))) {
    const bytes = store[side](file);
    const path = join(root, file.path);
    const now = readIfPresent(path);
    if (bytes === null) removeFile(path);
    else if (!now || !Buffer.from(now).equals(bytes)) replaceWhole(path, bytes, store.directory);
  }
}

/** Files that are not as the release makes them. */
export function filesNotAsPlanned(root: string, store: ReleaseStore): readonly PlannedFile[] {
  return store.planned.files.filter(
    (file) => !isSame(readIfPresent(join(root, file.path)), store.after(file)),
  );
}

/** Nx writes files in place: a process that dies leaves a beginning of the new bytes, or none of them. */
function isOurs(root: string, store: ReleaseStore, file: PlannedFile): boolean {
  const now = readIfPresent(join(root, file.path));
  const after = store.after(file);
  if (isSame(now, store.before(file)) || isSame(now, after)) return true;
  if (!now || file.kind !== 'version' || after === null) return false;
  return Buffer.from(after).subarray(0, now.length).equals(now);
}

function isSame(now: Uint8Array | undefined, bytes: Uint8Array | null): boolean {
  if (now === undefined || bytes === null) return now === undefined && bytes === null;
  return Buffer.from(now).equals(bytes);
}
