import { z } from 'zod';
import { listAudit, listEvents } from '../../store';
import { answer, route, type ApiRoute } from '../route';

const page = {
  after: z.coerce.number().int().min(0).default(0).describe('an id; those behind it'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
};
const asked = {
  method: 'GET',
  tag: 'trail',
  access: 'admin',
  permission: 'admin',
  rate: 'read',
} as const;

/** What was tried, and what others are told of. */
export const trailRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    path: '/audit',
    summary: 'List every attempt to change something, also those that were denied',
    query: z.object({
      ...page,
      package: z.string().optional().describe('`ecosystem:name` or `ecosystem:name@version`'),
      actor: z.string().optional(),
    }),
    answers: {
      200: z.object({
        entries: z.array(
          z.object({
            id: z.number(),
            at: z.iso.datetime(),
            actor: z.string(),
            action: z.string(),
            subject: z.string(),
            detail: z.unknown(),
          }),
        ),
      }),
    },
    handle: async ({ query, config }) => {
      const found = await listAudit(config.store.db, { ...query, of: query.package });
      return answer(200, {
        entries: found.map((each) => ({ ...each, at: each.at.toISOString() })),
      });
    },
  }),
  route({
    ...asked,
    path: '/events',
    summary:
      'List the outbox: what others are told of, each event in the transaction that it tells of',
    query: z.object({
      ...page,
      aggregate: z.string().optional().describe('`ecosystem:name@version` or `ecosystem:name`'),
      pending: z.stringbool().default(false).describe('only what nobody was told of yet'),
    }),
    answers: {
      200: z.object({
        events: z.array(
          z.object({
            id: z.number(),
            event: z.string(),
            aggregate: z.string(),
            payload: z.unknown(),
            createdAt: z.iso.datetime(),
            deliveredAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
    },
    handle: async ({ query, config }) => {
      const found = await listEvents(config.store.db, query);
      const events = found.map(({ createdAt, deliveredAt, ...event }) => ({
        ...event,
        createdAt: createdAt.toISOString(),
        deliveredAt: deliveredAt?.toISOString() ?? null,
      }));
      return answer(200, { events });
    },
  }),
];
