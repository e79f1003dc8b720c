import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { all, fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { realPlaceOf } from './linked-files';

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

/** What `replaceFiles` would refuse before it writes anything, for a run that only says what it would do. */
export function checkReplacement(root: string, changes: readonly FileChange[]): Result<void> {
  const places = all(changes.map((change) => placeOf(root, change)));
  return places.ok ? ok(undefined) : places;
}

/**
 * Replaces files as one set: nothing is written when one of them is gone or holds other bytes than the plan saw
 * (FORGE-M009), leads out of the workspace (FORGE-M027), or cannot be written (FORGE-M026). Every new content is
 * first written beside its target, then all are renamed; should a rename fail, those before it are taken back, and
 * what cannot be is named. Modes are kept, links are followed inside the workspace.
 */
export function replaceFiles(root: string, changes: readonly FileChange[]): Result<Undo> {
  const places = all(changes.map((change) => placeOf(root, change)));
  if (!places.ok) return places;
  const staged: Place[] = [];
  const unstaged = stageAll(places.value, staged);
  const problems = unstaged.length > 0 ? unstaged : renameAll(places.value);
  const left = problems.length > 0 ? staged.flatMap(removeTemporary) : [];
  return problems.length > 0 ? fail(...problems, ...left) : ok(() => undo(root, changes));
}

function undo(root: string, changes: readonly FileChange[]): Result<readonly string[]> {
  const back = changes.map(({ file, before, after }) => ({ file, before: after, after: before }));
  const undone = replaceFiles(root, back);
  return undone.ok ? ok(changes.map(({ file }) => file)) : undone;
}

function placeOf(root: string, change: FileChange): Result<Place> {
  const { file, before } = change;
  const path = realPlaceOf(root, file);
  if (!path.ok) return path;
  const temporary = `${path.value}.forge-${process.pid}.tmp`;
  if (Buffer.from(before).equals(readFileSync(path.value)))
    return ok({ change, target: path.value, temporary });
  const what = `\`${file}\` is not what it was when the release was planned`;
  return fail(new ForgeError('FORGE-M009', { what, where: { file } }));
}

/** Adds to `staged` whatever has to be removed afterwards. */
function stageAll(places: readonly Place[], staged: Place[]): readonly ForgeError[] {
  for (const place of places)
    try {
      // Never over a file that is already there.
      writeFileSync(place.temporary, place.change.after, { flag: 'wx' });
      staged.push(place);
      chmodSync(place.temporary, statSync(place.target).mode & 0o7777);
    } catch (error) {
      return [unwritable(place.change.file, error)];
    }
  return [];
}

function renameAll(places: readonly Place[]): readonly ForgeError[] {
  const done: Place[] = [];
  for (const place of places)
    try {
      renameSync(place.temporary, place.target);
      done.push(place);
    } catch (error) {
      return [unwritable(place.change.file, error), ...done.flatMap(takeBack)];
    }
  return [];
}

/** One that cannot be put back keeps none of the others from it. */
function takeBack({ change: { file, before }, target }: Place): readonly ForgeError[] {
  try {
    writeFileSync(target, before);
    return [];
  } catch (error) {
    const what = `\`${file}\` was written and cannot be put back: ${reasonOf(error)}`;
    const fix = `put \`${file}\` back by hand: nothing else of the release was kept`;
    return [new ForgeError('FORGE-M026', { what, where: { file }, fix })];
  }
}

function removeTemporary({ change: { file }, temporary }: Place): readonly ForgeError[] {
  try {
    rmSync(temporary, { force: true });
    return [];
  } catch (error) {
    const what = `\`${temporary}\` cannot be removed: ${reasonOf(error)}`;
    const fix = 'remove the file by hand';
    return [new ForgeError('FORGE-M026', { what, where: { file }, fix })];
  }
}

function unwritable(file: string, error: unknown): ForgeError {
  const what = `\`${file}\` cannot be written: ${reasonOf(error)}`;
  return new ForgeError('FORGE-M026', { what, where: { file } });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
