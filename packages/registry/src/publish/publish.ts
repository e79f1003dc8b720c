import type { Ecosystem, Refusal, WireUpload } from '@forge/ecosystems';
import type { Queryable, Store } from '../store';
import { receiveFiles, type ReceivedFile } from './digests';
import { describeHighest } from './describe-highest';
import { judgeFiles, type Verdict } from './judge-files';
import { lockPackage, lookAtPackage } from './look-at-package';
import { notOwner } from './not-owner';
import { openDraft } from './open-draft';
import { recordAttempt } from './record-attempt';
import { recordRejection } from './record-rejection';
import { toRefusal } from './refusal';
import { verifyUpload } from './verify-upload';
import { writeUpload } from './write-upload';

/** Who publishes what, and when. */
export interface Publication {
  readonly ecosystem: Ecosystem;
  readonly upload: WireUpload;
  readonly user: string;
  readonly now: Date;
  /** What else must hold, and is to be done, in the transaction. */
  readonly gate?: PublicationGate;
}

/** Who publishes what was put together before. */
export interface PublicationGate {
  /** Before anything is written. */
  judge(tx: Queryable): Promise<Refusal | undefined>;
  /** When the version is written, or was there already. */
  conclude(tx: Queryable): Promise<void>;
}

/** `repeated`: the same bytes were there already, which is a success as well. */
export type PublishOutcome =
  | { readonly kind: 'published' }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The one way in, for all ecosystems:
 * 1. verify what needs no database;
 * 2. store the blobs: one that nothing refers to does no harm, the reverse would;
 * 3. in one transaction, with the package locked: the first one owns it, others must own it; judge
 *    against what is there, then write the version as a draft, upload, files, tags, event and audit
 *    row, and open the draft to the public at last.
 * Whoever sees the version sees all of it.
 */
export async function publish(store: Store, publication: Publication): Promise<PublishOutcome> {
  const refusal = verifyUpload(publication);
  if (refusal) {
    await recordRejection(store.db, publication.ecosystem, refusal, publication);
    return { kind: 'refused', refusal };
  }
  const files = receiveFiles(publication.upload);
  await Promise.all(files.map(({ sha256, bytes }) => store.blobs.put(sha256, bytes)));
  const outcome = await store.db.transaction((tx) => enter(tx, publication, files));
  const { ecosystem, upload } = publication;
  store.catalog.changed(ecosystem.id, ecosystem.normalizeName(upload.name));
  return outcome;
}

async function enter(
  tx: Queryable,
  asked: Publication,
  received: readonly ReceivedFile[],
): Promise<PublishOutcome> {
  const { ecosystem, upload, gate } = asked;
  const barred = await gate?.judge(tx);
  if (barred) {
    await recordAttempt(tx, asked, 'publish.conflict', received);
    return { kind: 'refused', refusal: barred };
  }
  const { id: packageId, name } = await lockPackage(tx, asked);
  const publication = { ...asked, upload: { ...upload, name } };
  const seen = await lookAtPackage(tx, packageId, publication);
  const { existing, present, isThere, isHighest } = seen;
  if (!seen.isOwner) {
    await recordAttempt(tx, publication, 'publish.denied', received);
    return { kind: 'refused', refusal: await notOwner(tx, packageId, upload) };
  }
  const mayGather = ecosystem.wire.manyUploadsPerVersion;
  const verdict = judgeFiles({ received, present, versionId: existing, mayGather });
  if (verdict.kind !== 'new') {
    await recordAttempt(tx, publication, unchanged[verdict.kind], received);
    if (verdict.kind === 'same') await gate?.conclude(tx);
    return toOutcome(verdict, upload);
  }
  const to = { packageId, versionId: existing, isThere, isHighest };
  const versionId = await writeUpload(tx, { ...to, files: verdict.files, received }, publication);
  // Those that are higher may have been withdrawn.
  if (!isHighest) await describeHighest(tx, ecosystem, { id: packageId, name });
  await gate?.conclude(tx);
  if (existing === undefined) await openDraft(tx, versionId, publication);
  return { kind: 'published' };
}

const unchanged = { same: 'publish.repeated', other: 'publish.conflict' } as const;

function toOutcome(
  verdict: Exclude<Verdict, { kind: 'new' }>,
  { name, version }: WireUpload,
): PublishOutcome {
  if (verdict.kind === 'same') return { kind: 'repeated' };
  return { kind: 'refused', refusal: toRefusal([verdict.problem], { name, version }) };
}
