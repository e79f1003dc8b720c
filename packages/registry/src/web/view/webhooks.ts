import type { DeliveryCounts } from '../../webhooks/deliveries';
import type { FreshWebhook } from '../../webhooks/manage';
import type { Delivery, Webhook } from '../../webhooks/webhook';
import { formatCount } from '../format';
import { html, type Html } from '../html';
import type { Visit } from '../page';
import { paths } from '../paths';
import { tokenField } from '../session/own-forms';
import { copyable, moment } from './labels';
import { subjectLink } from './trail';

/** A webhook that was just added. */
export function shownSecret({ url, secret }: FreshWebhook): Html {
  return html`<div class="notice good" role="status">
    <p><strong>${url} is told of what happens from now on.</strong></p>
    <p>This secret signs what is sent. Copy it now: it is not shown again.</p>
    <pre tabindex="0">${copyable(secret)}</pre>
  </div>`;
}

/** One webhook of the list, with how it goes. */
export function webhookEntry(
  { config }: Visit,
  { id, url, events, packages, createdBy, createdAt }: Webhook,
  counts: DeliveryCounts = { pending: 0, delivered: 0, dead: 0 },
): Html {
  const wishes = [...events, ...packages];
  return html`<li class="panel">
    <h2><a href="${paths.webhook(id)}">${url}</a></h2>
    <p>
      ${
        wishes.length === 0
          ? html`<span class="tag">everything</span>`
          : wishes.map((each) => html`<span class="tag">${each}</span> `)
      }
    </p>
    <p class="counts">
      <span class="tag good">${formatCount(counts.delivered)} delivered</span>
      ${counts.pending > 0 && html`<span class="tag">${formatCount(counts.pending)} pending</span>`}
      ${counts.dead > 0 && html`<span class="tag bad">${formatCount(counts.dead)} dead</span>`}
    </p>
    <p class="meta">Added by ${createdBy}, ${moment(createdAt, config.now())}</p>
  </li>`;
}

const colours = { pending: 'tag', delivered: 'tag good', dead: 'tag bad' } as const;

/** One event that a webhook was told of, or will be. */
export function deliveryEntry({ config, formToken }: Visit, delivery: Delivery): Html {
  const { id, webhookId, event, aggregate, state, attempts, problem } = delivery;
  const now = config.now();
  return html`<li>
    <span class="${colours[state]}">${state}</span>
    <span class="subject">${event} ${subjectLink(config, aggregate)}</span>
    <span class="meta">
      ${attempts === 1 ? '1 attempt' : `${attempts} attempts`},
      ${delivery.settledAt ? moment(delivery.settledAt, now) : html`next ${moment(delivery.dueAt, now)}`}
    </span>
    ${
      state !== 'pending' &&
      html`<form action="${paths.webhook(webhookId)}/deliveries/${id}/redeliver" method="post">
        <input type="hidden" name="${tokenField}" value="${formToken}" />
        <button class="small" type="submit">
          Send again<span class="hidden"> ${event} ${aggregate}</span>
        </button>
      </form>`
    }
    ${problem && html`<span class="reason">${problem}</span>`}
  </li>`;
}

/** Adds a webhook. */
export function webhookForm({ formToken, form }: Visit): Html {
  return html`<form class="card" action="${paths.webhooks}" method="post">
    <h2>Add a webhook</h2>
    <input type="hidden" name="${tokenField}" value="${formToken}" />
    <label
      >URL
      <input
        name="url"
        type="url"
        value="${form.get('url')}"
        placeholder="https://hooks.example/forge"
        required
    /></label>
    <label
      >Events
      <input
        name="events"
        placeholder="version.published, owner.*"
        spellcheck="false"
        aria-describedby="all"
    /></label>
    <label
      >Packages
      <input
        name="packages"
        placeholder="ecosystem:name, ecosystem:prefix*"
        spellcheck="false"
        aria-describedby="all"
    /></label>
    <p class="meta" id="all">Nothing stands for all.</p>
    <button class="primary" type="submit">Add the webhook</button>
  </form>`;
}
