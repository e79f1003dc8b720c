import { ForgeError, type Refusal } from '@forge/ecosystems';
import { toRefusal } from '../publish/refusal';
import type { Queryable, Store } from '../store';
import type { Draft, DraftOrder, DraftOutcome } from './draft';
import { judgeDraft, judgeUser, recordDraft } from './judge-draft';
import { expireDrafts, findDraft, findOpenDraft, insertDraft } from './rows';

/** How long a draft waits to be published. */
export const draftLifetimeMs = 7 * 24 * 60 * 60 * 1000;

/**
 * A draft of a version, or the one that is open already: asking twice is the same as asking once. A version that is
 * published takes no draft.
 */
export async function openDraft(
  store: Store,
  order: DraftOrder,
  version: string,
): Promise<DraftOutcome> {
  const problems = spellingProblems(order, version);
  if (problems.length > 0) return refuse(toRefusal(problems, { name: order.name, version }));
  return store.db.transaction((tx) => enter(tx, order, version));
}

async function enter(tx: Queryable, order: DraftOrder, version: string): Promise<DraftOutcome> {
  const denial = await judgeUser(tx, order);
  if (denial) return deny(tx, order, version, 'draft.denied', denial);
  if (await isPublished(tx, order, version)) {
    const what = `\`${order.name}\` ${version} is published`;
    const refusal = toRefusal([new ForgeError('FORGE-R006', { what })]);
    return deny(tx, order, version, 'draft.conflict', refusal);
  }
  await expireDrafts(tx, order.now);
  const expiresAt = new Date(order.now.getTime() + draftLifetimeMs);
  const id = await insertDraft(tx, order, version, expiresAt);
  if (id === undefined) return reuse(tx, order, version);
  await recordDraft(tx, order, 'draft.created', { version, draft: id });
  return { kind: 'done', draft: await present(findDraft(tx, id)), isNew: true };
}

async function reuse(tx: Queryable, order: DraftOrder, version: string): Promise<DraftOutcome> {
  const draft = await present(findOpenDraft(tx, order, version));
  const denial = await judgeDraft(tx, order, draft);
  if (denial) return deny(tx, order, version, 'draft.denied', denial);
  return { kind: 'done', draft, isNew: false };
}

async function deny(
  tx: Queryable,
  order: DraftOrder,
  version: string,
  action: string,
  refusal: Refusal,
): Promise<DraftOutcome> {
  await recordDraft(tx, order, action, { version, reason: refusal.message });
  return refuse(refusal);
}

function spellingProblems({ ecosystem, name }: DraftOrder, version: string): ForgeError[] {
  const { contents, versions } = ecosystem;
  return [
    ...(contents.isName(name)
      ? []
      : [new ForgeError('FORGE-R002', { what: `\`${name}\` is no name of a package` })]),
    ...(versions.isValid(version)
      ? []
      : [new ForgeError('FORGE-R003', { what: `\`${version}\` is not a valid version` })]),
  ];
}

async function isPublished(
  tx: Queryable,
  { ecosystem, name }: DraftOrder,
  version: string,
): Promise<boolean> {
  const rows = await tx.query<{ version: string }>(
    `select v.version from versions v join packages p on p.id = v.package_id
    where p.ecosystem = $1 and p.normalized_name = $2 and v.state = 'published'`,
    [ecosystem.id, ecosystem.normalizeName(name)],
  );
  return rows.some((row) => ecosystem.versions.compare(row.version, version) === 0);
}

function refuse(refusal: Refusal): DraftOutcome {
  return { kind: 'refused', refusal };
}

async function present(draft: Promise<Draft | undefined>): Promise<Draft> {
  const found = await draft;
  if (!found) throw new Error('a draft is gone inside the transaction that has it');
  return found;
}
