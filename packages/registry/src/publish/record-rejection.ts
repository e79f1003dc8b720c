import type { Ecosystem, Refusal } from '@forge/ecosystems';
import { recordAudit, type Queryable } from '../store';
import { tameText } from './tame-text';

/** Whose upload was turned away before anything was written. Its name and version are not known where it cannot be read. */
export async function recordRejection(
  db: Queryable,
  { id }: Ecosystem,
  { code, message, name, version }: Refusal,
  { user, now }: { readonly user: string; readonly now: Date },
): Promise<void> {
  const of = name === undefined ? '' : `:${name}${version === undefined ? '' : `@${version}`}`;
  await recordAudit(db, {
    at: now,
    actor: user,
    action: 'publish.rejected',
    // What was sent is in both, and may be anything.
    subject: tameText(`${id}${of}`, 500),
    detail: { ...(code && { code }), reason: tameText(message, 2000) },
  });
}
