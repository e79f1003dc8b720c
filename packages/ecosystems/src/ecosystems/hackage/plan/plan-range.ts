import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Edit,
  type RequirementPolicy,
  type Result,
  type Source,
} from '../../../model';
import { editAt, located } from '../../../text';
import { splicesFor } from '../requirement';
import { applySplices } from '../ranges/rewrite';

/** A version range where it stands; `text` has spaces for the comments and line ends between `start` and `end`. */
export interface RangePlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a range has to take from now on. */
export interface WantedVersion {
  readonly name: string;
  readonly version: string;
  readonly policy: RequirementPolicy;
}

/** The edits that make a range take a version; none where it does, or where it need not. */
export function planRange(
  source: Source,
  range: RangePlace,
  { name, version, policy }: WantedVersion,
): Result<readonly Edit[]> {
  const splices = splicesFor(range.text, version, policy);
  if (!splices.ok) return withPlace(source, range, splices.problems);
  const rewritten = applySplices(range.text, splices.value);
  if (rewritten === range.text) return ok([]);
  const reason = { dependency: name, from: range.text, to: rewritten };
  const { start, end, text } = range;
  // On one line it is replaced as a whole, so that a plan reads well; else what stands between the bounds stays.
  if (source.text.slice(start, end) === text)
    return ok([editAt(source, start, end, rewritten, reason)]);
  return ok(
    splices.value.map((each) =>
      editAt(source, start + each.start, start + each.end, each.text, reason),
    ),
  );
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Problems of a text, told at its place in the file. */
export function withPlace(
  source: Source,
  { start, end }: { readonly start: number; readonly end: number },
  problems: readonly ForgeError[],
): Result<never> {
  const place = located(source, start, end - start);
  return fail(
    ...problems.map(({ code, what, fix }) => new ForgeError(code, { what, fix, ...place })),
  );
}
