import { z } from 'zod';
import { sha256 } from './routes/blobs';

const dependency = z.object({
  name: z.string(),
  requirement: z.string().describe('in the words of the ecosystem; empty for any version'),
  kind: z.enum(['runtime', 'build', 'optional', 'peer', 'dev']).default('runtime'),
});

const text = z.string().max(10_000);
const texts = z.array(z.string().max(200)).max(1000);

/** Longer than any ecosystem takes names and versions, and than anybody's requirement. */
const short = z.string().max(255);
const draftDependency = dependency.extend({ name: short, requirement: z.string().max(2000) });

/** What a version says of itself; `contents.describe` of an ecosystem gives the same. */
export const descriptionSchema = z.object({
  summary: text,
  license: text,
  homepage: text,
  repository: text,
  keywords: texts.readonly(),
  categories: texts.readonly(),
  dependencies: z.array(dependency).readonly(),
});

export const draftManifest = descriptionSchema
  .partial()
  .extend({
    name: short,
    version: short,
    dependencies: z.array(draftDependency).max(5000).readonly().optional(),
  })
  .strict();

/** No protocol serves directories, so a path is one name. */
const fileName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_@+~-][A-Za-z0-9_@+~.-]*$/, 'a file name without directories');

export const entrySchema = z.object({ path: fileName, sha256 });

export const draftSchema = z.object({
  id: z.number(),
  ecosystem: z.string(),
  name: z.string(),
  version: z.string(),
  state: z.enum(['open', 'published', 'abandoned', 'expired']),
  revision: z.number().describe('rises with every change'),
  manifest: z.unknown(),
  entries: z.array(z.object({ path: z.string(), size: z.number(), sha256 })),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
