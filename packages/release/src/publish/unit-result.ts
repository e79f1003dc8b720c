import type { ForgeError } from '@forge/ecosystems';

/** What became of one unit. */
export type UnitResult =
  /** `how` says that what is live are other bytes with the same content: a tool has packed again. */
  | { readonly kind: 'published'; readonly url?: string; readonly how?: 'same content' }
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
