import { z } from 'zod';
import { descriptionSchema } from './draft-schemas';

const file = z.object({ filename: z.string(), size: z.number(), sha256: z.string() });

const notice = z.object({ message: z.string(), reason: z.string().optional() });

export const versionSchema = z.object({
  version: z.string(),
  publishedAt: z.iso.datetime(),
  yanked: z.boolean(),
  notice: notice.optional().describe('why it is withdrawn'),
  files: z.array(file),
});

export const packageSchema = z.object({
  ecosystem: z.string(),
  name: z.string(),
  latest: z.string().describe('what somebody gets who asks for no version'),
  description: descriptionSchema,
  owners: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  versions: z.array(versionSchema).describe('in the order in which they arrived'),
});

export const oneVersionSchema = versionSchema.extend({
  ecosystem: z.string(),
  name: z.string(),
  manifest: descriptionSchema,
});

/** A package in a list. */
export const foundSchema = z.object({
  ecosystem: z.string(),
  name: z.string(),
  version: z.string(),
  summary: z.string(),
  keywords: z.array(z.string()).readonly(),
  publishedAt: z.iso.datetime(),
});

export const listSchema = z.object({
  packages: z.array(foundSchema),
  total: z.number(),
  page: z.number(),
});

export const paging = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};
