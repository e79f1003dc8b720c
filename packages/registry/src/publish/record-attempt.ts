import type { Json } from '@forge/ecosystems';
import { recordAudit, type AuditEntry, type Queryable } from '../store';
import type { ReceivedFile } from './digests';
import type { Publication } from './publish';

/** What the audit trail says of an attempt to publish. */
export function attempt(
  { ecosystem, upload, user, now }: Publication,
  action: string,
  files: readonly ReceivedFile[],
): AuditEntry {
  const subject = `${ecosystem.id}:${upload.name}@${upload.version}`;
  const detail: Json = { files: files.map(({ filename, sha256 }) => ({ filename, sha256 })) };
  return { at: now, actor: user, action, subject, detail };
}

export async function recordAttempt(
  tx: Queryable,
  publication: Publication,
  action: string,
  files: readonly ReceivedFile[],
): Promise<void> {
  await recordAudit(tx, attempt(publication, action, files));
}
