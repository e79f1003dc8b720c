import { ok, type Ecosystem, type WireAttachment } from '@forge/ecosystems';
import type { Permission } from '../accounts/scopes';
import { receiveFile } from '../publish/digests';
import type { Store } from '../store';
import { change, type ChangeOutcome } from './change';

/** Who puts what beside a version, and when. */
export interface AttachOrder {
  readonly ecosystem: Ecosystem;
  readonly attachment: WireAttachment;
  readonly user: string;
  readonly permits?: ((permission: Permission) => boolean) | undefined;
  readonly now: Date;
}

/** Stores the bytes, to which nothing refers yet, and then makes it a change like any other. */
export async function attach(store: Store, order: AttachOrder): Promise<ChangeOutcome> {
  const { ecosystem, attachment, user, permits, now } = order;
  const { name, version, filename } = attachment;
  const { bytes, ...file } = receiveFile(filename, attachment.bytes);
  await store.blobs.put(file.sha256, bytes);
  const changes = () => ok([{ kind: 'attach', version, file } as const]);
  return change(store, { ecosystem, name, changes, user, permits, now });
}
