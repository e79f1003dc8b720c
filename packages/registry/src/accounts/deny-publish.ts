import type { Ecosystem, Refusal, WireUpload } from '@forge/ecosystems';
import { toRefusal } from '../publish/refusal';
import { recordAudit, type Store } from '../store';
import type { Caller } from './caller';
import { outOfScope } from './out-of-scope';

/** Why a caller may not publish this, which is then in the audit trail; `undefined` for one whose token is good for it. */
export async function denyPublish(
  { db }: Store,
  { id }: Ecosystem,
  { name, version }: WireUpload,
  caller: Caller | undefined,
  now: Date,
): Promise<Refusal | undefined> {
  if (caller?.permits('publish', { ecosystem: id, name })) return undefined;
  const problem = outOfScope('publish');
  await recordAudit(db, {
    at: now,
    actor: caller?.user ?? 'nobody',
    action: 'publish.denied',
    subject: `${id}:${name}@${version}`,
    detail: { code: problem.code },
  });
  return toRefusal([problem], { name, version });
}
