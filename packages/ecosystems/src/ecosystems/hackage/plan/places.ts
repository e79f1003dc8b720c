import type { FactPlace, RequirementPlace, Source } from '../../../model';
import { byteSpan } from '../../../text';
import { candidateField, type Description } from '../cabal-file/description';
import type { ProjectConstraint } from '../project/constraints';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A part of a file as a place; offsets are into `source.text`. */
export function placeOf(source: Source, { start, end }: Span, via: string): FactPlace {
  const text = source.text.slice(start, end);
  return { file: source.file, span: byteSpan(source, start, end), text, via };
}

/** The version, and the field that makes a candidate of it. */
export function versionPlaces(source: Source, { version, candidate }: Description): FactPlace[] {
  return [
    ...(version ? [placeOf(source, version, 'version')] : []),
    ...(candidate ? [placeOf(source, candidate, candidateField)] : []),
  ];
}

/** What is asked of other packages, in the order of the file, and then of the package's own library. */
export function rangePlaces(
  source: Source,
  { dependencies, own }: Description,
): RequirementPlace[] {
  return [...dependencies, ...own].map(({ name, section, field, range }) => {
    const via = section === field ? field : `${section}: ${field}`;
    if (range) return { ...placeOf(source, range, via), name };
    const fixed = `\`${field}\` names no range: every version is welcome`;
    return { file: source.file, text: null, via, name, fixed };
  });
}

/** What a project demands of the version of one of its packages. */
export function constraintPlaces(
  name: string,
  constraints: readonly ProjectConstraint[],
): RequirementPlace[] {
  return constraints.map((each) => ({ ...placeOf(each.source, each, 'constraints'), name }));
}
