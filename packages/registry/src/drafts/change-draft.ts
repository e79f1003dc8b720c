import { ForgeError } from '@forge/ecosystems';
import { toRefusal } from '../publish/refusal';
import type { Queryable, Store } from '../store';
import type { Draft, DraftEntry, DraftOrder, DraftOutcome } from './draft';
import { judgeDraft, recordDraft } from './judge-draft';
import { manifestProblems, type DraftManifest } from './manifest';
import { closeDraft, lockDraft } from './rows';
import { sizeOfBlob } from './staged-blobs';

/** What came of a change: nothing where everything was so already, or why it cannot be made. */
type Step = 'changed' | 'same' | readonly ForgeError[];

/** Puts a file into a draft: one whose bytes are here. The same one again changes nothing. */
export function attachEntry(
  store: Store,
  order: DraftOrder,
  id: number,
  { path, sha256 }: Pick<DraftEntry, 'path' | 'sha256'>,
): Promise<DraftOutcome> {
  return changeDraft(store, order, id, 'draft.entry-added', { path, sha256 }, async (tx, draft) => {
    const there = draft.entries.find((entry) => entry.path === path);
    if (there?.sha256 === sha256) return 'same';
    if (there) return [problem('FORGE-R062', `\`${path}\` is in the draft with other content`)];
    const size = await sizeOfBlob(tx, sha256);
    if (size === undefined) return [problem('FORGE-R061', `there are no bytes with ${sha256}`)];
    await tx.query(
      `insert into draft_entries (draft_id, path, size, sha256, added_by, added_at)
      values ($1, $2, $3, $4, $5, $6::timestamptz)`,
      [id, path, size, sha256, order.user, order.now.toISOString()],
    );
    return 'changed';
  });
}

/** Says what the files of a draft must agree with; a later manifest takes the place of an earlier one. */
export function setManifest(
  store: Store,
  order: DraftOrder,
  id: number,
  manifest: DraftManifest,
): Promise<DraftOutcome> {
  return changeDraft(store, order, id, 'draft.manifest-set', {}, async (tx, draft) => {
    const problems = manifestProblems(order.ecosystem, draft, manifest);
    if (problems.length > 0) return problems;
    const text = JSON.stringify(manifest);
    if (JSON.stringify(draft.manifest) === text) return 'same';
    await tx.query('update drafts set manifest = $2::json where id = $1', [id, text]);
    return 'changed';
  });
}

/** Gives a draft up; what was sent for it is collected later. */
export function abandonDraft(store: Store, order: DraftOrder, id: number): Promise<DraftOutcome> {
  return changeDraft(store, order, id, 'draft.abandoned', {}, async (tx) => {
    await closeDraft(tx, id, 'abandoned', order.now);
    return 'changed';
  });
}

/** One change of an open draft with its audit row, in one transaction. */
async function changeDraft(
  store: Store,
  order: DraftOrder,
  id: number,
  action: string,
  detail: Readonly<Record<string, string>>,
  step: (tx: Queryable, draft: Draft) => Promise<Step>,
): Promise<DraftOutcome> {
  return store.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, id);
    if (!draft || !isOf(draft, order))
      return refuse([problem('FORGE-R065', `\`${order.name}\` has no draft ${id}`)]);
    const told = { ...detail, version: draft.version, draft: id };
    const denial = await judgeDraft(tx, order, draft);
    if (denial) {
      const came = denial.kind === 'conflict' ? 'draft.refused' : 'draft.denied';
      await recordDraft(tx, order, came, { ...told, tried: action, reason: denial.message });
      return { kind: 'refused', refusal: denial };
    }
    const done = await step(tx, draft);
    if (done === 'same') return { kind: 'done', draft, isNew: false };
    if (done !== 'changed') {
      const reason = done.map(({ what }) => what).join('; ');
      await recordDraft(tx, order, 'draft.refused', { ...told, tried: action, reason });
      return refuse(done);
    }
    if (action !== 'draft.abandoned')
      await tx.query('update drafts set revision = revision + 1 where id = $1', [id]);
    await recordDraft(tx, order, action, told);
    return { kind: 'done', draft: (await lockDraft(tx, id)) ?? draft, isNew: true };
  });
}

/** A draft is found under the name of its package only. */
export function isOf(draft: Draft, { ecosystem, name }: DraftOrder): boolean {
  const { normalizeName } = ecosystem;
  return draft.ecosystem === ecosystem.id && normalizeName(draft.name) === normalizeName(name);
}

function refuse(problems: readonly ForgeError[]): DraftOutcome {
  return { kind: 'refused', refusal: toRefusal(problems) };
}

function problem(code: 'FORGE-R061' | 'FORGE-R062' | 'FORGE-R065', what: string): ForgeError {
  return new ForgeError(code, { what });
}
