import { z } from 'zod';
import { countAll, countDependents, countDownloads } from '../../store';
import { findPackageAt, packageParams } from '../addresses';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';

const counts = z.object({
  total: z.number(),
  week: z.number(),
  month: z.number(),
  year: z.number(),
});
const asked = { method: 'GET', tag: 'stats', access: 'public', rate: 'search' } as const;

/** How much there is, and how much of it is used. */
export const statsRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    path: '/stats',
    summary: 'Count packages, versions, files, bytes and downloads of all ecosystems',
    answers: {
      200: z.object({
        packages: z.number(),
        versions: z.number(),
        files: z.number(),
        bytes: z.number(),
        ecosystems: z.record(z.string(), z.object({ packages: z.number(), versions: z.number() })),
        downloads: counts,
      }),
    },
    handle: async ({ config: { store, now } }) => {
      await store.catalog.downloads.flush(now());
      const totals = await countAll(store.db);
      return answer(200, {
        ...totals,
        ecosystems: { ...totals.ecosystems },
        downloads: await countDownloads(store.db, undefined, now()),
      });
    },
  }),
  route({
    ...asked,
    path: '/packages/:ecosystem/:name/stats',
    summary: 'Count the downloads, versions and dependents of a package',
    params: packageParams,
    answers: { 200: z.object({ downloads: counts, versions: z.number(), dependents: z.number() }) },
    handle: async ({ params, config }) => {
      const at = await findPackageAt(config, params);
      if (!at.ok) return refusedFor(at.problems);
      const { ecosystem, found } = at.value;
      const normalizedName = ecosystem.normalizeName(found.name);
      const { store, now } = config;
      await store.catalog.downloads.flush(now());
      const of = { ecosystem: ecosystem.id, normalizedName };
      return answer(200, {
        downloads: await countDownloads(store.db, of, now()),
        versions: found.versions.length,
        dependents: await countDependents(store.db, ecosystem.id, normalizedName),
      });
    },
  }),
];
