import { z } from 'zod';
import { listDeliveries } from '../../webhooks/deliveries';
import { addWebhook, deliverAgain, removeWebhook, webhookAt } from '../../webhooks/manage';
import { listWebhooks } from '../../webhooks/rows';
import type { Delivery, Webhook } from '../../webhooks/webhook';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';

const asked = { tag: 'webhooks', access: 'admin', permission: 'admin', rate: 'write' } as const;
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const patterns = z.array(z.string()).max(100).default([]);

const shownWebhook = z.object({
  id: z.number(),
  url: z.string(),
  events: z.array(z.string()).readonly(),
  packages: z.array(z.string()).readonly(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});

const states = z.enum(['pending', 'delivered', 'dead']);
const shownDelivery = z.object({
  id: z.number(),
  event: z.object({ id: z.number(), event: z.string(), aggregate: z.string() }),
  state: states.describe('dead: every attempt failed, or the receiver answered 410'),
  attempts: z.number(),
  status: z.number().nullable().describe('of the last answer'),
  problem: z.string().nullable().describe('of the last attempt'),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable().describe('the next attempt'),
  settledAt: z.iso.datetime().nullable(),
});

/** Who else is told of what happens here, and what became of it. */
export const webhookRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    method: 'GET',
    path: '/webhooks',
    rate: 'read',
    summary: 'List the webhooks, without their secrets',
    answers: { 200: z.object({ webhooks: z.array(shownWebhook) }) },
    handle: async ({ config }) =>
      answer(200, { webhooks: (await listWebhooks(config.store.db)).map(showWebhook) }),
  }),
  route({
    ...asked,
    method: 'POST',
    path: '/webhooks',
    summary: 'Tell a URL of what happens from now on; its secret is in this answer and never again',
    body: z.object({
      url: z.string().max(2000),
      events: patterns.describe('`version.published`, `owner.*`; default: all'),
      packages: patterns.describe('`ecosystem:name`, `ecosystem:prefix*`; default: all'),
    }),
    answers: { 201: shownWebhook.extend({ secret: z.string() }) },
    async handle({ body, caller, config }) {
      const added = await addWebhook(config.webhooks, { ...body, by: caller.user });
      if (!added.ok) return refusedFor(added.problems);
      return answer(201, { ...showWebhook(added.value), secret: added.value.secret });
    },
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: '/webhooks/:id',
    summary: 'Take a webhook away; what it was not told of yet is given up',
    params: z.object({ id }),
    answers: { 204: z.undefined() },
    async handle({ params, caller, config }) {
      const removed = await removeWebhook(config.webhooks, params.id, caller.user);
      return removed.ok ? answer(204) : refusedFor(removed.problems);
    },
  }),
  route({
    ...asked,
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    rate: 'read',
    summary: 'List what a webhook was told of and will be, the newest first',
    params: z.object({ id }),
    query: z.object({
      state: states.optional(),
      before: id.optional().describe('an id; those before it'),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    answers: { 200: z.object({ deliveries: z.array(shownDelivery) }) },
    async handle({ params, query, config }) {
      const webhook = await webhookAt(config.webhooks, params.id);
      if (!webhook.ok) return refusedFor(webhook.problems);
      const found = await listDeliveries(config.store.db, { webhookId: params.id, ...query });
      return answer(200, { deliveries: found.map(showDelivery) });
    },
  }),
  route({
    ...asked,
    method: 'POST',
    path: '/webhooks/:id/deliveries/:delivery/redeliver',
    summary: 'Tell a webhook of an event again, whatever became of it',
    params: z.object({ id, delivery: id }),
    answers: { 202: z.undefined() },
    async handle({ params, caller, config }) {
      const which = { webhookId: params.id, id: params.delivery };
      const again = await deliverAgain(config.webhooks, which, caller.user);
      return again.ok ? answer(202) : refusedFor(again.problems);
    },
  }),
];

function showWebhook({ id, url, events, packages, createdBy, createdAt }: Webhook) {
  return { id, url, events, packages, createdBy, createdAt: createdAt.toISOString() };
}

function showDelivery(delivery: Delivery): z.input<typeof shownDelivery> {
  const { eventId, event, aggregate, state, attempts, status, problem } = delivery;
  return {
    id: delivery.id,
    event: { id: eventId, event, aggregate },
    state,
    attempts,
    status,
    problem,
    createdAt: delivery.createdAt.toISOString(),
    dueAt: state === 'pending' ? delivery.dueAt.toISOString() : null,
    settledAt: delivery.settledAt?.toISOString() ?? null,
  };
}
