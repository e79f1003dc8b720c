import { ForgeError } from '@forge/ecosystems';
import { labelOf, type PublishUnit } from '../plan/publish-unit';

/** What became of one unit. */
export type UnitResult =
  | { readonly kind: 'published'; readonly url?: string }
  /** `how` says whether the very bytes are live or the same content in other bytes. */
  | {
      readonly kind: 'already-there';
      readonly how: 'identical' | 'same content';
      readonly url?: string;
    }
  | { readonly kind: 'drifted'; readonly detail: string; readonly url?: string }
  | { readonly kind: 'would-publish' }
  | { readonly kind: 'failed'; readonly error: ForgeError }
  | { readonly kind: 'skipped'; readonly error: ForgeError };

export type OnDuplicate = 'skip' | 'warn' | 'fail';

export const onDuplicateValues: readonly OnDuplicate[] = ['skip', 'warn', 'fail'];

/** Dependents go on only after these. */
export function isSuccess(result: UnitResult): boolean {
  return result.kind !== 'failed' && result.kind !== 'skipped';
}

/** What was thrown ends its own unit: uploads that are under way beside it must reach their end. */
export function brokenUnit(unit: PublishUnit, error: unknown): UnitResult {
  if (error instanceof ForgeError) return { kind: 'failed', error };
  const cause = error instanceof Error ? error.message : String(error);
  const what = `\`${labelOf(unit)}\` cannot be published: ${cause}`;
  return { kind: 'failed', error: new ForgeError('FORGE-A002', { what }) };
}
