import { ForgeError } from '../../errors';
import {
  allFlat,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type Result,
  type Source,
} from '../../model';
import { editAt, locatedSpan } from '../../text';
import { factsOf } from './facts';
import type { Place } from './place';
import { planRequirements } from './plan-requirements';

/** `ManifestFormat.plan`. */
export function plan(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const facts = factsOf(source, reader);
  if (!facts.ok) return facts;
  if (!facts.value) return ok([]);
  const { version, dependencies } = facts.value;
  const own = change.version ?? version.value;
  return allFlat([
    planVersion(version, change.version),
    planRequirements(dependencies, change.requirements ?? [], own),
  ]);
}

function planVersion(place: Place, wanted: string | undefined): Result<readonly Edit[]> {
  const { source, value, content, at, fixed } = place;
  if (wanted === undefined || value === wanted) return ok([]);
  if (fixed !== undefined || !content) {
    const what = `the version cannot be edited: ${fixed ?? 'no text states it'}`;
    return fail(new ForgeError('FORGE-M007', { what, ...locatedSpan(source, at) }));
  }
  const reason = `version ${value} → ${wanted}`;
  return ok([editAt(source, content.start, content.end, wanted, reason)]);
}
