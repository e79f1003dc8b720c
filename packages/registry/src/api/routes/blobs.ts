import { z } from 'zod';
import { stageBlob } from '../../drafts/staged-blobs';
import { packageParams } from '../addresses';
import { refusedFor } from '../refuse';
import { answer, route, type ApiRoute } from '../route';

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in 64 small hex digits');

/** As large as the largest upload of an ecosystem; each has its own limit, which is looked at when it is published. */
export const largestFile = 128 * 1024 ** 2;

const staged = z.object({ sha256, size: z.number() });

/** Bytes for drafts. */
export const blobRoutes: readonly ApiRoute[] = [
  route({
    method: 'PUT',
    path: '/packages/:ecosystem/:name/blobs/:sha256',
    summary:
      'Send the bytes of a file, for a draft of the package to refer to; collected if none does in time',
    tag: 'drafts',
    access: 'user',
    permission: 'publish',
    rate: 'write',
    params: packageParams.extend({ sha256 }),
    body: 'bytes',
    bodyLimit: largestFile,
    answers: { 200: staged, 201: staged },
    handle: async ({ params, body, caller, config }) => {
      const by = { user: caller.user, now: config.now() };
      const stored = await stageBlob(config.store, params.sha256, body, by);
      if (!stored.ok) return refusedFor(stored.problems);
      const blob = { sha256: params.sha256, size: body.byteLength };
      return stored.value.isNew ? answer(201, blob) : answer(200, blob);
    },
  }),
];
