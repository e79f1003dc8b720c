import { ForgeError, type Refusal } from '@forge/ecosystems';
import { publish, type PublishOutcome } from '../publish/publish';
import { toRefusal } from '../publish/refusal';
import type { Queryable, Store } from '../store';
import { assemble } from './assemble';
import { isOf } from './change-draft';
import type { Draft, DraftOrder } from './draft';
import { judgeDraft, recordDraft } from './judge-draft';
import { closeDraft, findDraft, lockDraft } from './rows';

/**
 * Opens a draft to the public, by the one way in. What the draft was when its files were read must be what it is
 * when the version is written, which is judged inside that transaction. To publish it again is a success that
 * changes nothing.
 */
export async function publishDraft(
  store: Store,
  order: DraftOrder,
  id: number,
): Promise<PublishOutcome> {
  const draft = await findDraft(store.db, id);
  if (!draft || !isOf(draft, order)) {
    const what = `\`${order.name}\` has no draft ${id}`;
    return { kind: 'refused', refusal: toRefusal([new ForgeError('FORGE-R065', { what })]) };
  }
  const denial = draft.state === 'published' ? undefined : await judgeDraft(store.db, order, draft);
  if (denial) return reject(store, order, draft, 'draft.denied', denial);
  const upload = await assemble(order.ecosystem, store.blobs, draft);
  if (!upload.ok) return reject(store, order, draft, 'draft.refused', toRefusal(upload.problems));
  const { ecosystem, user, now } = order;
  return publish(store, {
    ecosystem,
    upload: upload.value,
    user,
    now,
    gate: {
      judge: (tx) => judgeAgain(tx, draft),
      conclude: (tx) => conclude(tx, order, draft),
    },
  });
}

/** Whoever published it meanwhile published the same; any other change means that something else was meant. */
async function judgeAgain(tx: Queryable, draft: Draft): Promise<Refusal | undefined> {
  const now = await lockDraft(tx, draft.id);
  if (now?.state === 'published') return undefined;
  if (now?.state === 'open' && now.revision === draft.revision) return undefined;
  const what = `the draft of \`${draft.name}\` ${draft.version} was changed while it was published`;
  return toRefusal([new ForgeError('FORGE-R060', { what })]);
}

async function conclude(tx: Queryable, order: DraftOrder, draft: Draft): Promise<void> {
  const before = await findDraft(tx, draft.id);
  if (before?.state !== 'open') return;
  await closeDraft(tx, draft.id, 'published', order.now);
  const { id, version } = draft;
  await recordDraft(tx, order, 'draft.published', { version, draft: id });
}

async function reject(
  { db }: Store,
  order: DraftOrder,
  { id, version }: Draft,
  action: string,
  refusal: Refusal,
): Promise<PublishOutcome> {
  const detail = { version, draft: id, tried: 'draft.published', reason: refusal.message };
  await recordDraft(db, order, action, detail);
  return { kind: 'refused', refusal };
}
