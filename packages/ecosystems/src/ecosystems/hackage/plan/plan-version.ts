import { ForgeError } from '../../../errors';
import { fail, ok, type Edit, type Result, type Source } from '../../../model';
import { editAt, located, locatedSpan } from '../../../text';
import {
  candidateField,
  topFields,
  type Description,
  type FieldLiteral,
} from '../cabal-file/description';
import { withFieldBelow, withoutField, type LineEdit } from '../cabal-file/field-lines';
import type { Field } from '../cabal-file/layout';
import { parseNative, spellNative } from '../native-version';

/**
 * `version`, the field that names the candidate, and the revision, which no new version inherits. A field for the
 * candidate is put below `above`: the version, unless somebody else decides about the file.
 */
export function planVersion(
  source: Source,
  description: Description,
  wanted: string | undefined,
  above: Field | undefined = description.version?.field,
): Result<readonly Edit[]> {
  const { version, candidate, elements } = description;
  if (!version || !above) {
    const what = `\`${source.file}\` has no field \`version\``;
    return fail(new ForgeError('FORGE-M005', { what, where: { file: source.file } }));
  }
  const current = spellNative(version.value, candidate?.value);
  if (wanted === undefined || current === wanted) return ok([]);
  const target = parseNative(wanted);
  if (!target) return fail(unspeakable(source, version, wanted));
  const reason = `version ${current} → ${wanted}`;
  const edits = [
    ...replaced(source, version, target.released, reason),
    ...planCandidate(source, above, candidate, target.candidate, reason),
    ...dropRevision(source, elements),
  ];
  const stuck = edits.find((each): each is Field => 'kind' in each);
  return stuck ? fail(notAlone(source, stuck)) : ok(edits as Edit[]);
}

function planCandidate(
  source: Source,
  above: Field,
  candidate: FieldLiteral | undefined,
  wanted: string | undefined,
  reason: string,
): (Edit | Field)[] {
  if (candidate && wanted !== undefined) return replaced(source, candidate, wanted, reason);
  if (candidate) return [lineEdit(source, candidate.field, withoutField, reason)];
  if (wanted === undefined) return [];
  const add = (_: Source, field: Field): LineEdit | undefined =>
    withFieldBelow(source, field, candidateField, wanted);
  return [lineEdit(source, above, add, reason)];
}

/** Revisions count from a release on. Hackage refuses a new version that brings an `x-revision`. */
function dropRevision(source: Source, elements: Description['elements']): (Edit | Field)[] {
  return topFields(elements, 'x-revision').map((field) =>
    lineEdit(source, field, withoutField, 'x-revision starts anew'),
  );
}

function replaced(
  source: Source,
  { value, start, end }: FieldLiteral,
  wanted: string,
  reason: string,
): Edit[] {
  return value === wanted ? [] : [editAt(source, start, end, wanted, reason)];
}

/** The edit, or the field that shares its line with something else. */
function lineEdit(
  source: Source,
  field: Field,
  make: (source: Source, field: Field) => LineEdit | undefined,
  reason: string,
): Edit | Field {
  const edit = make(source, field);
  return edit ? editAt(source, edit.start, edit.end, edit.newText, reason) : field;
}

function unspeakable(source: Source, version: FieldLiteral, wanted: string): ForgeError {
  const what = `\`${wanted}\` cannot be the version of a \`.cabal\` file: it takes digits and dots, and names a candidate as \`1.3.0-rc.1\``;
  return new ForgeError('FORGE-V002', {
    what,
    ...locatedSpan(source, version),
  });
}

function notAlone(source: Source, { name, start }: Field): ForgeError {
  return new ForgeError('FORGE-M007', {
    what: `\`${name}\` shares its line with something else, so that no line can be put below it or taken out`,
    ...located(source, start, name.length),
    fix: `give \`${name}\` a line of its own`,
  });
}
