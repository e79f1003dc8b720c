import { fail, ForgeError, ok, type Ecosystem, type Result } from '@forge/ecosystems';
import { recordAudit } from '../store';
import { checkTarget } from './check-target';
import { redeliver } from './deliveries';
import { spreadEvents } from './queue';
import { deleteWebhook, findWebhook, insertWebhook } from './rows';
import { makeSecret } from './signature';
import type { Webhook } from './webhook';
import type { Webhooks } from './webhooks';

/** A webhook with its secret, which nobody can be told again. */
export interface FreshWebhook extends Webhook {
  readonly secret: string;
}

export interface WantedWebhook {
  readonly url: string;
  readonly events: readonly string[];
  readonly packages: readonly string[];
  readonly by: string;
}

/** Adds a webhook, which is told of what happens from now on. FORGE-R080, R081. */
export async function addWebhook(
  { store, ecosystems, rules, seal, dispatcher, now }: Webhooks,
  { url, events, packages: named, by }: WantedWebhook,
): Promise<Result<FreshWebhook>> {
  const target = checkTarget(url, rules);
  if (!target.ok) return target;
  const strange = [...events, ...named].filter((each) => !/^[\w@.:/*+~-]{1,300}$/.test(each));
  if (strange.length > 0) return fail(...strange.map(notAPattern));
  const packages = named.map((each) => normalizeFilter(ecosystems, each));
  const secret = makeSecret();
  const at = now();
  const added = await store.db.transaction(async (tx) => {
    while ((await spreadEvents(tx, at)) > 0);
    const wanted = { url: target.value.href, events, packages, createdBy: by, createdAt: at };
    const webhook = await insertWebhook(tx, { ...wanted, sealedSecret: seal.close(secret) });
    const subject = `webhook:${webhook.id}`;
    const detail = { url: webhook.url, events: [...events], packages: [...packages] };
    await recordAudit(tx, { at, actor: by, action: 'webhook.added', subject, detail });
    return webhook;
  });
  dispatcher.webhooksChanged();
  return ok({ ...added, secret });
}

/** Takes a webhook away: what it was not told of yet is given up. FORGE-R010. */
export async function removeWebhook(
  { store, now }: Webhooks,
  id: number,
  by: string,
): Promise<Result<Webhook>> {
  const at = now();
  return store.db.transaction(async (tx) => {
    const removed = await deleteWebhook(tx, id, at);
    if (!removed) return absent(`there is no webhook ${id}`);
    const subject = `webhook:${id}`;
    const detail = { url: removed.url };
    await recordAudit(tx, { at, actor: by, action: 'webhook.removed', subject, detail });
    return ok(removed);
  });
}

/** A webhook that is there. FORGE-R010. */
export async function webhookAt({ store }: Webhooks, id: number): Promise<Result<Webhook>> {
  const found = await findWebhook(store.db, id);
  return found ? ok(found) : absent(`there is no webhook ${id}`);
}

/** Tells a webhook of an event again, whatever became of it. FORGE-R010. */
export async function deliverAgain(
  { store, dispatcher, now }: Webhooks,
  { webhookId, id }: { readonly webhookId: number; readonly id: number },
  by: string,
): Promise<Result<null>> {
  const at = now();
  const found = await store.db.transaction(async (tx) => {
    const again = await redeliver(tx, webhookId, id, at);
    if (!again) return false;
    const subject = `webhook:${webhookId}`;
    const detail = { delivery: id, event: again.eventId };
    await recordAudit(tx, { at, actor: by, action: 'webhook.redelivered', subject, detail });
    return true;
  });
  if (!found) return absent(`the webhook ${webhookId} has no delivery ${id}`);
  dispatcher.webhooksChanged();
  return ok(null);
}

/** `ecosystem:Name` or `ecosystem:Pre*`, and a version perhaps, as events are compared with it. */
function normalizeFilter(ecosystems: readonly Ecosystem[], text: string): string {
  const [, id, name = '', rest = ''] = /^([^:]+):(@?[^@*]+)(.*)$/.exec(text) ?? [];
  const ecosystem = ecosystems.find((each) => each.id === id);
  return ecosystem ? `${id}:${ecosystem.normalizeName(name)}${rest}` : text;
}

function notAPattern(text: string): ForgeError {
  const what = `\`${text}\` names no event and no package`;
  return new ForgeError('FORGE-R080', { what });
}

function absent(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R010', { what }));
}
