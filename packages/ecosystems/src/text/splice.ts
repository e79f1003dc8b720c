import { ForgeError } from '../errors';
import type { Edit, StatedRequirement } from '../model/edit';
import { fail, ok, type Result } from '../model/result';
import type { Source } from '../model/source';
import { byteSpan } from './offsets';

/** Why an edit is made: the move of a requirement, or any other reason in words. */
export type EditReason = string | (StatedRequirement & { readonly to: string });

/** An edit of the text at [start, end) of `source.text`, with the bytes and the expectation filled in. */
export function editAt(
  source: Source,
  start: number,
  end: number,
  newText: string,
  reason: EditReason,
): Edit {
  return {
    file: source.file,
    ...byteSpan(source, start, end),
    newText,
    expect: source.text.slice(start, end),
    ...explained(reason),
  };
}

function explained(reason: EditReason): Pick<Edit, 'reason' | 'about'> {
  if (typeof reason === 'string') return { reason };
  const { dependency, from, to } = reason;
  const inWords = `${dependency} ${oneLine(from)} → ${oneLine(to)}`;
  return { reason: inWords, about: { dependency, from } };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** The same span with the same text counts once: several members may inherit one version. */
export function uniqueEdits(edits: readonly Edit[]): readonly Edit[] {
  if (areApart(edits)) return edits;
  const byKey = new Map(
    edits.map((edit) => [`${edit.file}\0${edit.start}\0${edit.end}\0${edit.newText}`, edit]),
  );
  return [...byKey.values()].sort((a, b) =>
    a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1,
  );
}

/** True for what mostly comes: sorted already, each edit at a place of its own. */
function areApart(edits: readonly Edit[]): boolean {
  return edits.every((edit, index) => {
    const before = edits[index - 1];
    if (!before) return true;
    return before.file === edit.file ? before.start < edit.start : before.file < edit.file;
  });
}

/**
 * The bytes of one file with its edits applied. FORGE-M009 when the file no longer holds what an edit
 * expects, FORGE-M010 when two different edits touch. Nothing outside the spans changes.
 */
export function splice(source: Source, edits: readonly Edit[]): Result<Uint8Array> {
  const own = uniqueEdits(edits.filter((edit) => edit.file === source.file));
  const chunks: Buffer[] = [];
  const bytes = bufferOf(source);
  let at = 0;
  for (const edit of own) {
    if (edit.start < at) return fail(overlappingEdit(edit));
    if (!holdsExpected(source, edit)) return fail(staleEdit(edit));
    chunks.push(bytes.subarray(at, edit.start), Buffer.from(edit.newText, source.encoding));
    at = edit.end;
  }
  chunks.push(bytes.subarray(at));
  return ok(Buffer.concat(chunks));
}

/** True while the file holds at the edit's place what it is to replace. */
export function holdsExpected(source: Source, { start, end, expect }: Edit): boolean {
  return bufferOf(source).toString(source.encoding, start, end) === expect;
}

/** FORGE-M009 */
export function staleEdit({ file, expect }: Edit): ForgeError {
  const what = `\`${file}\` no longer holds \`${expect}\` where the plan saw it`;
  return new ForgeError('FORGE-M009', { what, where: { file } });
}

/** FORGE-M010 */
export function overlappingEdit({ file, reason }: Edit): ForgeError {
  const what = `the edit \`${reason}\` overlaps another one in \`${file}\``;
  return new ForgeError('FORGE-M010', { what, where: { file } });
}

/** The same memory, without a copy. */
function bufferOf({ bytes }: Source): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
