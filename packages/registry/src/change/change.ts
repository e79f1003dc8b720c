import {
  ForgeError,
  type Ecosystem,
  type PackageChange,
  type Refusal,
  type Result,
  type StoredPackage,
} from '@forge/ecosystems';
import { outOfScope } from '../accounts/out-of-scope';
import type { Permission } from '../accounts/scopes';
import { describeHighest } from '../publish/describe-highest';
import { notOwner } from '../publish/not-owner';
import { toRefusal } from '../publish/refusal';
import { tameText } from '../publish/tame-text';
import { announce, findPackage, ownersOf, recordAudit, type Queryable, type Store } from '../store';
import { applyChange } from './apply-change';
import { checkChanges } from './check-changes';
import { eventOf } from './event';

/** Who wants to change what stands beside the published bytes of a package, and when. */
export interface ChangeOrder {
  readonly ecosystem: Ecosystem;
  /** In any spelling. */
  readonly name: string;
  /** What is asked, seen against the package as it is. */
  readonly changes: (found: StoredPackage) => Result<readonly PackageChange[]>;
  readonly user: string;
  /** What the user's token is good for, for this package. Default: everything. */
  readonly permits?: ((permission: Permission) => boolean) | undefined;
  readonly now: Date;
}

export type ChangeOutcome =
  { readonly kind: 'changed' } | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The one way to change what was published, for all ecosystems. In one transaction, with the package
 * locked: what is asked of the package as it is, whether the user may and whether it can be done,
 * then every change with its event and audit row. All or none.
 */
export async function change(store: Store, order: ChangeOrder): Promise<ChangeOutcome> {
  const { ecosystem, name } = order;
  const normalizedName = ecosystem.normalizeName(name);
  const { refusal, changesFiles } = await store.db.transaction((tx) =>
    enter(tx, order, normalizedName),
  );
  store.catalog.changed(ecosystem.id, normalizedName);
  if (changesFiles) store.catalog.filesChanged();
  return refusal ? { kind: 'refused', refusal } : { kind: 'changed' };
}

/** What decides which version is the highest that is left. */
const standings: ReadonlySet<PackageChange['kind']> = new Set(['yank', 'unyank', 'remove']);
const fileChanges: ReadonlySet<PackageChange['kind']> = new Set(['remove', 'attach', 'detach']);

interface Ending {
  readonly refusal?: Refusal;
  readonly changesFiles?: boolean;
}

async function enter(tx: Queryable, order: ChangeOrder, normalizedName: string): Promise<Ending> {
  const { ecosystem, name, user } = order;
  const packageId = await lockPackage(tx, ecosystem.id, normalizedName);
  const found = packageId && (await findPackage(tx, ecosystem.id, normalizedName));
  if (!packageId || !found) {
    return reject(tx, order, name, [absent(`there is no package \`${name}\``)]);
  }
  const asked = order.changes(found);
  if (!asked.ok) return reject(tx, order, found.name, asked.problems);
  const beyond = beyondScope(order, asked.value);
  if (beyond.length > 0 || !(await ownersOf(tx, packageId)).includes(user)) {
    await recordDenial(tx, order, found, asked.value);
    return beyond.length > 0
      ? refuse(order, beyond)
      : { refusal: await notOwner(tx, packageId, found) };
  }
  const problems = await checkChanges(tx, found, asked.value);
  if (problems.length > 0) return reject(tx, order, found.name, problems);
  for (const each of asked.value) await write(tx, order, packageId, found, each);
  if (asked.value.some(({ kind }) => standings.has(kind)))
    await describeHighest(tx, ecosystem, { id: packageId, name: found.name });
  return { changesFiles: asked.value.some(({ kind }) => fileChanges.has(kind)) };
}

/** What the token of a user must be good for. */
const permissions: Readonly<Record<PackageChange['kind'], Permission>> = {
  yank: 'yank',
  unyank: 'yank',
  remove: 'yank',
  'add-owner': 'owners',
  'remove-owner': 'owners',
  'set-tag': 'publish',
  'delete-tag': 'publish',
  attach: 'publish',
  detach: 'publish',
};

function beyondScope(
  { permits = () => true }: ChangeOrder,
  asked: readonly PackageChange[],
): readonly ForgeError[] {
  const needed = new Set(asked.map(({ kind }) => permissions[kind]));
  return [...needed].filter((each) => !permits(each)).map(outOfScope);
}

/** Publishes and changes of one package wait for each other here. */
async function lockPackage(
  tx: Queryable,
  ecosystem: string,
  normalizedName: string,
): Promise<number | undefined> {
  const rows = await tx.query<{ id: number }>(
    `update packages set revision = revision + 1
    where ecosystem = $1 and normalized_name = $2 returning id`,
    [ecosystem, normalizedName],
  );
  return rows[0]?.id;
}

/** One change with its event and its audit row; neither where everything was so already. */
async function write(
  tx: Queryable,
  { ecosystem, user, now }: ChangeOrder,
  packageId: number,
  { name }: StoredPackage,
  asked: PackageChange,
): Promise<void> {
  if (!(await applyChange(tx, { packageId, user, now }, asked))) return;
  const { event, version, detail } = eventOf(asked);
  const aggregate = `${ecosystem.id}:${name}${version === undefined ? '' : `@${version}`}`;
  const payload = { ecosystem: ecosystem.id, name, ...detail };
  await announce(tx, { at: now, event, aggregate, payload });
  await recordAudit(tx, { at: now, actor: user, action: event, subject: aggregate, detail });
}

async function recordDenial(
  tx: Queryable,
  { ecosystem, user, now }: ChangeOrder,
  { name }: StoredPackage,
  asked: readonly PackageChange[],
): Promise<void> {
  const detail = { asked: asked.map((each) => eventOf(each).detail) };
  const subject = `${ecosystem.id}:${name}`;
  await recordAudit(tx, { at: now, actor: user, action: 'change.denied', subject, detail });
}

/** What cannot be done was tried all the same. */
async function reject(
  tx: Queryable,
  order: ChangeOrder,
  name: string,
  problems: readonly ForgeError[],
): Promise<Ending> {
  const ending = refuse(order, problems);
  const { code, message } = ending.refusal;
  await recordAudit(tx, {
    at: order.now,
    actor: order.user,
    action: 'change.rejected',
    // The name is what was sent, where there is no such package.
    subject: tameText(`${order.ecosystem.id}:${name}`, 500),
    detail: { ...(code && { code }), reason: tameText(message, 2000) },
  });
  return ending;
}

function refuse({ name }: ChangeOrder, problems: readonly ForgeError[]) {
  return { refusal: toRefusal(problems, { name }) };
}

function absent(what: string): ForgeError {
  return new ForgeError('FORGE-R010', { what });
}
