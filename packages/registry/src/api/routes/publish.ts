import { ForgeError } from '@forge/ecosystems';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { publish } from '../../publish/publish';
import { readFile } from '../../publish/read-file';
import { recordRejection } from '../../publish/record-rejection';
import { toRefusal } from '../../publish/refusal';
import { findEcosystem, findVersionAt, packageParams } from '../addresses';
import { oneVersionSchema } from '../package-schemas';
import { refusedFor } from '../refuse';
import { answer, route, type ApiCall, type ApiRoute } from '../route';
import { showOneVersion } from '../show-package';
import { largestFile, sha256 } from './blobs';

const query = z.object({
  filename: z.string().min(1).max(255),
  sha256: sha256.optional().describe('refused where the bytes have another one'),
});

/** One file in one request, for what has no draft to make and no tool at hand. */
export const publishRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/packages/:ecosystem/:name/publish',
    summary: 'Publish a file as its tool would have; the file says which version it is',
    tag: 'packages',
    access: 'owner',
    permission: 'publish',
    rate: 'write',
    params: packageParams,
    query,
    body: 'bytes',
    bodyLimit: largestFile,
    answers: { 200: oneVersionSchema, 201: oneVersionSchema },
    handle: publishFile,
  }),
];

type PublishCall = ApiCall<z.output<typeof packageParams>, z.output<typeof query>, Uint8Array>;

async function publishFile({ params, query: asked, body, caller, config }: PublishCall) {
  const ecosystem = findEcosystem(config, params.ecosystem);
  if (!ecosystem.ok) return refusedFor(ecosystem.problems);
  const upload = readFile(ecosystem.value, asked.filename, body);
  if (!upload.ok) {
    const refusal = toRefusal(upload.problems);
    const by = { user: caller.user, now: config.now() };
    await recordRejection(config.store.db, ecosystem.value, refusal, by);
    return { refusal };
  }
  const { normalizeName } = ecosystem.value;
  const { name, version } = upload.value;
  const actual = createHash('sha256').update(body).digest('hex');
  if (asked.sha256 !== undefined && asked.sha256 !== actual)
    return refuse('FORGE-R004', `the bytes have the sha256 ${actual} instead of ${asked.sha256}`);
  if (normalizeName(name) !== normalizeName(params.name))
    return refuse('FORGE-R001', `the file is of \`${name}\`, the address of \`${params.name}\``);
  const outcome = await publish(config.store, {
    ecosystem: ecosystem.value,
    upload: upload.value,
    user: caller.user,
    now: config.now(),
  });
  if (outcome.kind === 'refused') return { refusal: outcome.refusal };
  const at = await findVersionAt(config, { ...params, version });
  if (!at.ok) return refusedFor(at.problems);
  const shown = showOneVersion(at.value);
  return outcome.kind === 'published' ? answer(201, shown) : answer(200, shown);
}

function refuse(code: 'FORGE-R001' | 'FORGE-R004', what: string) {
  return refusedFor([new ForgeError(code, { what })]);
}
