import type { Json, Notice, StoredVersion } from '../../model';

/** `RetirementReason` of hex_core 0.19: each by its number in the registry's documents. */
const reasons = ['other', 'invalid', 'security', 'deprecated', 'renamed'] as const;

export const retirementReasons: readonly string[] = reasons;

/** As the API tells it. */
export function retirementOf({ yanked, notice }: StoredVersion): Json {
  return yanked ? { reason: reasonOf(notice), message: notice?.message ?? '' } : null;
}

/** As the registry's documents number it. */
export function reasonNumber(notice: Notice | undefined): number {
  return retirementReasons.indexOf(reasonOf(notice));
}

/** One that was given through another door than Hex's own may be none of its reasons. */
function reasonOf(notice: Notice | undefined): string {
  const reason = notice?.reason ?? 'other';
  return retirementReasons.includes(reason) ? reason : 'other';
}
