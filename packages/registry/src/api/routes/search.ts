import { z } from 'zod';
import { packagesIn, searchPackages, trendingPackages } from '../../store';
import { listSchema, paging } from '../package-schemas';
import { answer, route, type ApiRoute } from '../route';
import { showList } from '../show-package';

const ecosystem = z.string().optional().describe('id of the only one to look in');
const asked = { method: 'GET', tag: 'search', access: 'public', rate: 'search' } as const;
const dayMs = 24 * 60 * 60 * 1000;

/** Finding packages. The first two stand above what would be a package by its address: no ecosystem has their names. */
export const searchRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    path: '/packages/trending',
    summary: 'List what was fetched most in the last days',
    query: z.object({
      ...paging,
      ecosystem,
      days: z.coerce.number().int().min(1).max(365).default(7),
    }),
    answers: { 200: listSchema },
    handle: async ({ query, config }) => {
      const { page, limit, days } = query;
      await config.store.catalog.downloads.flush(config.now());
      const since = new Date(config.now().getTime() - days * dayMs);
      const offset = (page - 1) * limit;
      const found = await trendingPackages(config.store.db, { ...query, since, offset });
      return answer(200, await showList(config, found, page));
    },
  }),
  route({
    ...asked,
    path: '/packages/categories/:category',
    summary: 'List what says of itself that it belongs to a category, or has it as a keyword',
    params: z.object({ category: z.string() }),
    query: z.object({ ...paging, ecosystem }),
    answers: { 200: listSchema },
    handle: async ({ params, query, config }) => {
      const offset = (query.page - 1) * query.limit;
      const found = await packagesIn(config.store.db, { ...query, ...params, offset });
      return answer(200, await showList(config, found, query.page));
    },
  }),
  route({
    ...asked,
    path: '/search',
    summary: 'Find packages: by name, then beginning of a name, then words, then keywords',
    query: z.object({ ...paging, ecosystem, q: z.string().max(200).default('') }),
    answers: { 200: listSchema },
    handle: async ({ query, config }) => {
      const { q: text, page, limit } = query;
      const spellings = config.ecosystems
        .filter(({ id }) => query.ecosystem === undefined || query.ecosystem === id)
        .map(({ id, normalizeName }) => ({ ecosystem: id, name: normalizeName(text.trim()) }));
      const offset = (page - 1) * limit;
      const found = await searchPackages(config.store.db, { text, spellings, limit, offset });
      return answer(200, await showList(config, found, page));
    },
  }),
];
