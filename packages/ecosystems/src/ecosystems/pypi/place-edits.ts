import { ForgeError, type ErrorCode } from '../../errors';
import { fail, ok, type Edit, type RequirementChange, type Result } from '../../model';
import { editAt, locatedSpan, type EditReason } from '../../text';
import type { Place, RequirementPlace, VersionPlace } from './places';
import { requirement } from './requirement';

/** The edit that makes a place say another version of PEP 440. */
export function versionEdit(place: VersionPlace, version: string): Result<readonly Edit[]> {
  const text = place.spell(version);
  if (!text.ok) return text;
  const reason = `version ${place.text ?? ''} → ${text.value}`;
  return replace(place, text.value, reason, 'FORGE-M007');
}

/** The edit that makes a requirement take a version. */
export function requirementEdit(
  place: RequirementPlace,
  { version, policy }: Omit<RequirementChange, 'name'>,
): Result<readonly Edit[]> {
  if (place.text === null) return ok([]);
  const rewritten = requirement.rewrite(place.text, version, policy);
  if (rewritten.ok) {
    const reason = { dependency: place.name, from: place.text, to: rewritten.value };
    return replace(place, rewritten.value, reason, 'FORGE-M008');
  }
  return fail(...rewritten.problems.map(({ code, what }) => problemAt(place, code, what)));
}

function replace(
  place: Place,
  to: string,
  reason: EditReason,
  refusal: ErrorCode,
): Result<readonly Edit[]> {
  const { source, span, text, via, fixed = 'it is not a text' } = place;
  if (text === to) return ok([]);
  if (!span)
    return fail(problemAt(place, refusal, `\`${via}\` cannot be edited in place: ${fixed}`));
  return ok([editAt(source, span.start, span.end, to, reason)]);
}

function problemAt({ source, frame }: Place, code: ErrorCode, what: string): ForgeError {
  const place = locatedSpan(source, frame);
  return new ForgeError(code, { what, ...place });
}
