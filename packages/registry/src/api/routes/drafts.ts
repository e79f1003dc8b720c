import { z } from 'zod';
import { abandonDraft, attachEntry, isOf, setManifest } from '../../drafts/change-draft';
import type { Draft, DraftOrder, DraftOutcome } from '../../drafts/draft';
import { judgeReader } from '../../drafts/judge-draft';
import { openDraft } from '../../drafts/open-draft';
import { publishDraft } from '../../drafts/publish-draft';
import { findDraft } from '../../drafts/rows';
import { findEcosystem, packageParams } from '../addresses';
import { draftManifest, draftSchema, entrySchema } from '../draft-schemas';
import { refused, refusedFor } from '../refuse';
import { answer, route, type ApiCall, type ApiRoute, type PackageAddress } from '../route';

const path = '/packages/:ecosystem/:name/drafts';
const draftParams = packageParams.extend({ draft: z.coerce.number().int().positive() });
const asked = { tag: 'drafts', access: 'owner', permission: 'publish', rate: 'write' } as const;

/** Versions that are put together piece by piece and published in one go. */
export const draftRoutes: readonly ApiRoute[] = [
  route({
    ...asked,
    method: 'POST',
    path,
    summary: 'Open a draft of a version; the one that is open already, if there is one',
    params: packageParams,
    body: z.object({ version: z.string() }),
    answers: { 200: draftSchema, 201: draftSchema },
    handle: (call) =>
      within(call, (order) => openDraft(call.config.store, order, call.body.version)),
  }),
  route({
    ...asked,
    method: 'GET',
    path: `${path}/:draft`,
    summary: 'Show a draft to whoever may change it',
    rate: 'read',
    params: draftParams,
    answers: { 200: draftSchema },
    handle: async (call) => {
      const order = orderOf(call);
      if (!order.ok) return refusedFor(order.problems);
      const draft = await findDraft(call.config.store.db, call.params.draft);
      if (!draft || !isOf(draft, order.value))
        return refused('not-found', 'there is no such draft');
      const refusal = await judgeReader(call.config.store.db, order.value, draft);
      return refusal ? { refusal } : answer(200, toAnswer(draft));
    },
  }),
  route({
    ...asked,
    method: 'POST',
    path: `${path}/:draft/entries`,
    summary: 'Put a file into a draft, whose bytes were sent before',
    params: draftParams,
    body: entrySchema,
    answers: { 200: draftSchema, 201: draftSchema },
    handle: (call) =>
      within(call, (order) => attachEntry(call.config.store, order, call.params.draft, call.body)),
  }),
  route({
    ...asked,
    method: 'PUT',
    path: `${path}/:draft/manifest`,
    summary: 'Say what the files of a draft must agree with',
    params: draftParams,
    body: draftManifest,
    bodyLimit: 1024 ** 2,
    answers: { 200: draftSchema, 201: draftSchema },
    handle: (call) =>
      within(call, (order) => setManifest(call.config.store, order, call.params.draft, call.body)),
  }),
  route({
    ...asked,
    method: 'DELETE',
    path: `${path}/:draft`,
    summary: 'Give a draft up',
    params: draftParams,
    answers: { 200: draftSchema, 201: draftSchema },
    handle: (call) =>
      within(call, (order) => abandonDraft(call.config.store, order, call.params.draft)),
  }),
  route({
    ...asked,
    method: 'POST',
    path: `${path}/:draft/publish`,
    summary: 'Publish a draft in one transaction; again is a success that changes nothing',
    params: draftParams,
    answers: { 200: draftSchema },
    handle: async (call) => {
      const order = orderOf(call);
      if (!order.ok) return refusedFor(order.problems);
      const { store } = call.config;
      const outcome = await publishDraft(store, order.value, call.params.draft);
      if (outcome.kind === 'refused') return { refusal: outcome.refusal };
      const draft = await findDraft(store.db, call.params.draft);
      return draft ? answer(200, toAnswer(draft)) : refused('not-found', 'there is no such draft');
    },
  }),
];

function orderOf({ params, caller, config }: ApiCall<PackageAddress>) {
  const ecosystem = findEcosystem(config, params.ecosystem);
  if (!ecosystem.ok) return ecosystem;
  const order: DraftOrder = {
    ecosystem: ecosystem.value,
    name: params.name,
    user: caller.user,
    now: config.now(),
  };
  return { ok: true, value: order } as const;
}

/** 201 for what is new, 200 for what was so already. */
async function within(
  call: ApiCall<PackageAddress>,
  act: (order: DraftOrder) => Promise<DraftOutcome>,
) {
  const order = orderOf(call);
  if (!order.ok) return refusedFor(order.problems);
  const outcome = await act(order.value);
  if (outcome.kind === 'refused') return { refusal: outcome.refusal };
  const body = toAnswer(outcome.draft);
  return outcome.isNew ? answer(201, body) : answer(200, body);
}

function toAnswer({ createdAt, expiresAt, entries, manifest, ...draft }: Draft) {
  return {
    ...draft,
    manifest,
    entries: [...entries],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
