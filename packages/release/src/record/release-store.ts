import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { listDirectories, writeDurably } from '../effects/durable-files';
import { readBytes, readIfPresent } from '../effects/files';
import { openJournal, readJournal, type Journal } from './journal';
import type { PlannedFile, PlannedRelease } from './planned-release';
import { releaseState, type ReleaseState } from './release-state';

/** A release on disk: `.forge/releases/<id>/` with its plan, its journal, and files as they were and as they will be. */
export interface ReleaseStore {
  readonly id: string;
  /** Absolute. */
  readonly directory: string;
  readonly planned: PlannedRelease;
  readonly journal: Journal;
  /** What the journal says now. */
  state(): ReleaseState;
  /** Null where there was no file. */
  before(file: PlannedFile): Uint8Array | null;
  /** Null for a file that is removed. */
  after(file: PlannedFile): Uint8Array | null;
}

/** A planned file with its bytes. */
export interface FileChange {
  readonly path: string;
  readonly kind: PlannedFile['kind'];
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

const releases = '.forge/releases';

export function plannedFile({ path, kind, before, after }: FileChange): PlannedFile {
  return { path, kind, before: before && sha256(before), after: after && sha256(after) };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Puts a release on disk, and then begins its journal: without that line there is no release. */
export function createRelease(
  root: string,
  planned: PlannedRelease,
  changes: readonly FileChange[],
  begin: Readonly<Record<string, unknown>>,
  now: () => number,
): ReleaseStore {
  const id = releaseId(planned, now());
  const directory = join(root, releases, id);
  // Everything below is for this machine only, whether or not the workspace's own rules say so.
  const ignore = join(root, '.forge/.gitignore');
  if (!readIfPresent(ignore)) writeDurably(ignore, '*\n');
  writeDurably(join(directory, 'plan.json'), `${JSON.stringify(planned, null, 2)}\n`);
  for (const { path, before, after } of changes) {
    if (before) writeDurably(join(directory, 'before', path), before);
    if (after) writeDurably(join(directory, 'after', path), after);
  }
  const store = openRelease(root, id, now);
  store.journal.append('begin', { format: 1, id, ...begin });
  return store;
}

export function openRelease(root: string, id: string, now: () => number): ReleaseStore {
  const directory = join(root, releases, id);
  const read = (name: string): Uint8Array => readBytes(join(directory, name));
  const journal = openJournal(join(directory, 'journal.jsonl'), now);
  return {
    id,
    directory,
    planned: JSON.parse(Buffer.from(read('plan.json')).toString()) as PlannedRelease,
    journal,
    state: () => releaseState(journal.entries()),
    before: ({ path, before }) => (before === null ? null : read(`before/${path}`)),
    after: ({ path, after }) => (after === null ? null : read(`after/${path}`)),
  };
}

/** Releases that were begun, oldest first, with what their journals say. */
export function listReleases(
  root: string,
): { readonly id: string; readonly state: ReleaseState }[] {
  return listDirectories(join(root, releases))
    .map((id) => ({
      id,
      state: releaseState(readJournal(join(root, releases, id, 'journal.jsonl'))),
    }))
    .filter(({ state }) => state.begin !== undefined);
}

/** The release that was begun and neither finished nor rolled back. */
export function unfinishedRelease(root: string, now: () => number): ReleaseStore | undefined {
  const open = listReleases(root).findLast(({ state }) => state.outcome === undefined);
  return open && openRelease(root, open.id, now);
}

/** Sorts by time: `20261121T154812-1f0c9e2a`. */
function releaseId(planned: PlannedRelease, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+Z$/g, '');
  return `${stamp}-${sha256(Buffer.from(JSON.stringify(planned))).slice(0, 8)}`;
}
