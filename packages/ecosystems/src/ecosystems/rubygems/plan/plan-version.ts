import { fail, ok, type Result, type Source } from '../../../model';
import { spellVersion } from '../gemspec/version-literals';
import type { VersionPlace } from '../places';
import { editLiteral } from '../ruby/literal-edit';
import { literalKey, literalText, render } from '../ruby/value';
import type { Planned } from './plan-change';
import { versionRefusal } from './refusals';

/** The edits of the literals that the version is made of; none where it says so already. */
export function planVersion(
  source: Source,
  place: VersionPlace,
  version: string | undefined,
): Result<Planned> {
  const current = render(place.value);
  if (version === undefined || current === version) return ok({ texts: new Map(), edits: [] });
  const texts = place.fixed === undefined ? spellVersion(place, version) : null;
  if (!texts) return fail(versionRefusal(source, place, version));
  const changed = place.literals.filter(
    (each) => texts.get(literalKey(each)) !== literalText(each),
  );
  const reason = `version ${current ?? ''} → ${version}`;
  return ok({
    texts,
    edits: changed.map((each) => editLiteral(each, texts.get(literalKey(each)) ?? null, reason)),
  });
}
