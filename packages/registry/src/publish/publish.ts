import type { Ecosystem, Refusal, WireUpload } from '@forge/ecosystems';
import { claimPackage, type Queryable, type Store } from '../store';
import { describeVersion } from './describe-version';
import { receiveFiles, type ReceivedFile } from './digests';
import { judgeFiles, type Verdict } from './judge-files';
import { notOwner } from './not-owner';
import { recordRejection } from './record-rejection';
import { toRefusal } from './refusal';
import * as rows from './rows';
import { verifyUpload } from './verify-upload';

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
  for (const file of files) await store.blobs.put(file.sha256, file.bytes);
  const outcome = await store.db.transaction((tx) => enter(tx, publication, files));
  const { ecosystem, upload } = publication;
  store.catalog.changed(ecosystem.id, ecosystem.normalizeName(upload.name));
  return outcome;
}

async function enter(
  tx: Queryable,
  publication: Publication,
  files: readonly ReceivedFile[],
): Promise<PublishOutcome> {
  const barred = await publication.gate?.judge(tx);
  if (barred) {
    await rows.recordAttempt(tx, publication, 'publish.conflict', files);
    return { kind: 'refused', refusal: barred };
  }
  const packageId = await rows.lockPackage(tx, publication);
  if (!(await claimPackage(tx, { packageId, ...publication }))) {
    await rows.recordAttempt(tx, publication, 'publish.denied', files);
    return { kind: 'refused', refusal: await notOwner(tx, packageId, publication.upload) };
  }
  const there = await rows.findPresent(tx, packageId, publication);
  const { existing, present } = there;
  const mayGather = publication.ecosystem.wire.manyUploadsPerVersion;
  const verdict = judgeFiles({ received: files, present, versionId: existing, mayGather });
  const added = verdict.kind === 'new' ? verdict.files : [];
  const draft = await write(tx, publication, packageId, there, added);
  await rows.recordAttempt(tx, publication, auditActions[verdict.kind], files);
  if (verdict.kind !== 'other') await publication.gate?.conclude(tx);
  if (draft !== undefined) await rows.openDraft(tx, draft, publication);
  return toOutcome(verdict, publication.upload);
}

const auditActions = {
  new: 'publish',
  same: 'publish.repeated',
  other: 'publish.conflict',
} as const satisfies Record<Verdict['kind'], string>;

/** Answers the draft that it made, where the files make a new version. */
async function write(
  tx: Queryable,
  publication: Publication,
  packageId: number,
  { existing, isHighest }: rows.PresentVersions,
  files: readonly ReceivedFile[],
): Promise<number | undefined> {
  if (files.length === 0) return undefined;
  const versionId = existing ?? (await rows.insertDraft(tx, packageId, publication));
  await rows.insertUpload(tx, { packageId, versionId, files }, publication);
  if (existing === undefined) {
    await rows.moveTags(tx, packageId, versionId, publication);
    await describeVersion(tx, { packageId, versionId, isHighest }, publication);
  }
  await rows.announceUpload(tx, publication, files, existing === undefined);
  return existing === undefined ? versionId : undefined;
}

function toOutcome(verdict: Verdict, { name, version }: WireUpload): PublishOutcome {
  if (verdict.kind === 'new') return { kind: 'published' };
  if (verdict.kind === 'same') return { kind: 'repeated' };
  return { kind: 'refused', refusal: toRefusal([verdict.problem], { name, version }) };
}
