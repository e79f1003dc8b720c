import { z } from 'zod';
import { listArrivals } from '../../store';
import { answer, route, type ApiRoute } from '../route';

const arrival = z.object({
  sequence: z.number().describe('rises with every version that arrives; may have gaps'),
  ecosystem: z.string(),
  name: z.string(),
  version: z.string(),
  publishedAt: z.iso.datetime(),
  yanked: z.boolean(),
  removed: z.boolean().describe('all its files were taken back'),
  files: z
    .array(z.object({ filename: z.string(), size: z.number(), sha256: z.string() }))
    .readonly(),
});

/** What arrived, over all ecosystems. */
export const arrivalRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/versions',
    summary: 'List published versions in the order in which they arrived',
    tag: 'versions',
    access: 'public',
    rate: 'read',
    query: z.object({
      ecosystem: z.string().optional(),
      name: z.string().optional(),
      after: z.coerce.number().int().min(0).default(0).describe('a sequence; those behind it'),
      limit: z.coerce.number().int().min(1).max(10_000).default(1000),
    }),
    answers: { 200: z.object({ versions: z.array(arrival).readonly() }) },
    handle: async ({ query, config }) =>
      answer(200, { versions: await listArrivals(config.store.db, query) }),
  }),
];
