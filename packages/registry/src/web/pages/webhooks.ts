import type { ForgeError } from '@forge/ecosystems';
import { countDeliveries, listDeliveries } from '../../webhooks/deliveries';
import {
  addWebhook,
  deliverAgain,
  removeWebhook,
  webhookAt,
  type FreshWebhook,
} from '../../webhooks/manage';
import { listWebhooks } from '../../webhooks/rows';
import { html, type Html } from '../html';
import type { Page, ShownPage, Visit } from '../page';
import { paths, withQuery } from '../paths';
import { readNumber } from '../read/page-number';
import { tokenField } from '../session/own-forms';
import { nothingHere, pager } from '../view/pager';
import { deliveryEntry, shownSecret, webhookEntry, webhookForm } from '../view/webhooks';

const limit = 50;
const asked = { access: 'admin' } as const;

/** Who else is told of what happens, and what became of it. */
export const webhookPages: readonly Page[] = [
  { ...asked, method: 'GET', path: 'webhooks', answer: (visit) => showAll(visit) },
  {
    ...asked,
    method: 'POST',
    path: 'webhooks',
    async answer(visit) {
      const { form, caller, config } = visit;
      const wanted = {
        url: (form.get('url') ?? '').trim(),
        events: words(form.get('events')),
        packages: words(form.get('packages')),
        by: caller?.user ?? '',
      };
      const added = await addWebhook(config.webhooks, wanted);
      return added.ok
        ? showAll(visit, { fresh: added.value })
        : showAll(visit, { problems: added.problems });
    },
  },
  { ...asked, method: 'GET', path: 'webhooks/:id', answer: showOne },
  {
    ...asked,
    method: 'POST',
    path: 'webhooks/:id/remove',
    async answer({ config, caller, params }) {
      await removeWebhook(config.webhooks, readNumber(params['id']) ?? 0, caller?.user ?? '');
      return { to: paths.webhooks };
    },
  },
  {
    ...asked,
    method: 'POST',
    path: 'webhooks/:id/deliveries/:delivery/redeliver',
    async answer({ config, caller, params }) {
      const { id, delivery } = params;
      const which = { webhookId: readNumber(id) ?? 0, id: readNumber(delivery) ?? 0 };
      await deliverAgain(config.webhooks, which, caller?.user ?? '');
      return { to: paths.webhook(which.webhookId) };
    },
  },
];

function words(text: string | null): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter(Boolean);
}

interface Outcome {
  readonly fresh?: FreshWebhook;
  readonly problems?: readonly ForgeError[];
}

async function showAll(visit: Visit, { fresh, problems }: Outcome = {}): Promise<ShownPage> {
  const { db } = visit.config.store;
  const [webhooks, counts] = await Promise.all([listWebhooks(db), countDeliveries(db)]);
  return {
    status: fresh ? 201 : problems ? 400 : 200,
    title: 'Webhooks',
    section: 'webhooks',
    body: html`<header class="title">
        <h1>Webhooks</h1>
        <p class="lead">
          Others who are told of what happens: signed, tried again for hours, at least once.
        </p>
      </header>
      ${fresh && shownSecret(fresh)}
      ${problems?.map(({ what, code }) => {
        return html`<p class="notice" role="alert">
          ${what} <span class="tag bad">${code}</span>
        </p>`;
      })}
      <div class="columns">
        <div class="wide">
          ${
            webhooks.length > 0
              ? html`<ul class="webhooks">
                  ${webhooks.map((each) => webhookEntry(visit, each, counts.get(each.id)))}
                </ul>`
              : nothingHere(
                  'Nobody is told of anything.',
                  'Events wait in the outbox, see the API.',
                )
          }
        </div>
        <aside aria-label="Add a webhook">${webhookForm(visit)}</aside>
      </div>`,
  };
}

async function showOne(visit: Visit): Promise<ShownPage> {
  const { config, params, query } = visit;
  const id = readNumber(params['id']) ?? 0;
  const webhook = await webhookAt(config.webhooks, id);
  if (!webhook.ok) return absent();
  const before = readNumber(query['before']);
  const deliveries = await listDeliveries(config.store.db, { webhookId: id, before, limit });
  const to = (behind: number | undefined) => withQuery(paths.webhook(id), { before: behind });
  return {
    title: `Webhook ${id}`,
    section: 'webhooks',
    body: html`<header class="title">
        <h1>${new URL(webhook.value.url).host}</h1>
        <p class="lead"><code>${webhook.value.url}</code></p>
      </header>
      ${
        deliveries.length > 0
          ? html`<section class="panel" aria-labelledby="deliveries">
              <h2 id="deliveries">Deliveries</h2>
              <ol class="trail">
                ${deliveries.map((each) => deliveryEntry(visit, each))}
              </ol>
            </section>`
          : nothingHere('It was told of nothing yet.', 'Publish something that it asks for.')
      }
      ${pager({
        previous: before === undefined ? undefined : to(undefined),
        next: deliveries.length === limit ? to(deliveries.at(-1)?.id) : undefined,
      })}
      ${removal(visit, id)}`,
  };
}

function removal({ formToken }: Visit, id: number): Html {
  return html`<form class="removal" action="${paths.webhook(id)}/remove" method="post">
    <input type="hidden" name="${tokenField}" value="${formToken}" />
    <button class="danger" type="submit">Take this webhook away</button>
    <span class="meta">What it was not told of yet is given up.</span>
  </form>`;
}

function absent(): ShownPage {
  return {
    status: 404,
    title: 'Not here',
    section: 'webhooks',
    isNarrow: true,
    body: html`<header class="title"><h1>There is no such webhook</h1></header>
      <p><a class="button" href="${paths.webhooks}">All webhooks</a></p>`,
  };
}
