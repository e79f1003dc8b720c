import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { all, fail, ForgeError, ok, type Result } from '@forge/ecosystems';

/** A file as the plan saw it, and as it is to be. */
export interface FileChange {
  /** Workspace-relative path with `/`. */
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Brings back the bytes and modes that were there; what somebody else changed since is left alone (FORGE-M009). */
export type Undo = () => Result<readonly string[]>;

interface Place {
  readonly change: FileChange;
  /** Absolute; where a link leads, so that it stays one. */
  readonly target: string;
  readonly temporary: string;
}

/**
 * Replaces files as one set: nothing is written when one of them is gone or holds other bytes than the plan saw
 * (FORGE-M009), leads out of the workspace (FORGE-M027), or cannot be written (FORGE-M026). Every new content is
 * first written beside its target, then all are renamed; should a rename fail, those before it are taken back.
 * Modes are kept, links are followed inside the workspace.
 */
export function replaceFiles(root: string, changes: readonly FileChange[]): Result<Undo> {
  const places = all(changes.map((change) => placeOf(root, change)));
  if (!places.ok) return places;
  const staged: Place[] = [];
  const problem = stageAll(places.value, staged) ?? renameAll(places.value);
  for (const { temporary } of staged) rmSync(temporary, { force: true });
  return problem ? fail(problem) : ok(() => undo(root, changes));
}

function undo(root: string, changes: readonly FileChange[]): Result<readonly string[]> {
  const back = changes.map(({ file, before, after }) => ({ file, before: after, after: before }));
  const undone = replaceFiles(root, back);
  return undone.ok ? ok(changes.map(({ file }) => file)) : undone;
}

function placeOf(root: string, change: FileChange): Result<Place> {
  const { file, before } = change;
  const path = resolved(root, file);
  if (!path.ok) return path;
  const temporary = `${path.value}.forge-${process.pid}.tmp`;
  if (Buffer.from(before).equals(readFileSync(path.value)))
    return ok({ change, target: path.value, temporary });
  const what = `\`${file}\` is not what it was when the release was planned`;
  return fail(new ForgeError('FORGE-M009', { what, where: { file } }));
}

function resolved(root: string, file: string): Result<string> {
  try {
    const path = realpathSync(join(root, file));
    const inside = relative(realpathSync(root), path);
    if (!inside.startsWith('..')) return ok(path);
    const what = `\`${file}\` is a link to a file outside of the workspace`;
    return fail(new ForgeError('FORGE-M027', { what, where: { file } }));
  } catch {
    // A dangling link, or nothing at all.
    return fail(new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } }));
  }
}

/** Adds to `staged` whatever has to be removed afterwards. */
function stageAll(places: readonly Place[], staged: Place[]): ForgeError | undefined {
  for (const place of places)
    try {
      // Never over a file that is already there.
      writeFileSync(place.temporary, place.change.after, { flag: 'wx' });
      staged.push(place);
      chmodSync(place.temporary, statSync(place.target).mode & 0o7777);
    } catch (error) {
      return unwritable(place.change.file, error);
    }
  return undefined;
}

function renameAll(places: readonly Place[]): ForgeError | undefined {
  const done: Place[] = [];
  for (const place of places)
    try {
      renameSync(place.temporary, place.target);
      done.push(place);
    } catch (error) {
      for (const { target, change } of done) writeFileSync(target, change.before);
      return unwritable(place.change.file, error);
    }
  return undefined;
}

function unwritable(file: string, error: unknown): ForgeError {
  const what = `\`${file}\` cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  return new ForgeError('FORGE-M026', { what, where: { file } });
}
