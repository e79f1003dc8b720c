import type { Ecosystem, Refusal, WireContext, WireRequest, WireRoute } from '@forge/ecosystems';
import type { FastifyReply } from 'fastify';
import type { Accounts } from '../accounts/accounts';
import type { Caller } from '../accounts/caller';
import { denyPublish } from '../accounts/deny-publish';
import type { Permission } from '../accounts/scopes';
import { signIn } from '../accounts/sign-in';
import { carryOut } from '../accounts/token-orders';
import { toWireToken } from '../accounts/wire-token';
import { attach } from '../change/attach';
import { change } from '../change/change';
import { publish } from '../publish/publish';
import { recordRejection } from '../publish/record-rejection';
import { toRefusal } from '../publish/refusal';
import { isUser, packagesOwnedBy, type Store } from '../store';
import type { ReadThrough } from '../upstream/read-through';
import { findPackages } from './find-packages';
import type { Asked, KeptDocuments } from './kept-documents';
import { sendDocument, sendFile, sendFinished, sendResponse } from './send';

/** One request with all that is needed to answer it. */
export interface Exchange {
  readonly ecosystem: Ecosystem;
  readonly store: Store;
  readonly accounts: Accounts;
  readonly documents: KeptDocuments;
  /** Another registry for what is not here, where there is one. */
  readonly upstream: ReadThrough | undefined;
  readonly now: () => Date;
  readonly request: WireRequest;
  readonly context: WireContext;
  /** There for every route that needs a token. */
  readonly caller: Caller | undefined;
  readonly reply: FastifyReply;
  /** Answers a refusal in the words of the ecosystem. */
  readonly refuse: (refusal: Refusal) => FastifyReply;
}

type RouteOf<Kind extends WireRoute['kind']> = Extract<WireRoute, { readonly kind: Kind }>;
type Handlers = {
  readonly [Kind in WireRoute['kind']]: (
    route: RouteOf<Kind>,
    exchange: Exchange,
  ) => FastifyReply | Promise<FastifyReply>;
};

/** Answers a request by the kind of its route. */
export function handle(route: WireRoute, exchange: Exchange): FastifyReply | Promise<FastifyReply> {
  // The table gives each kind its own handler; TypeScript 6 cannot follow the two through one index.
  return handlers[route.kind](route as never, exchange);
}

/** What each kind of route fetches before the protocol renders. */
const handlers: Handlers = {
  static: (route, { reply, request, context }) =>
    sendDocument(reply, route.respond(request, context)),

  async whoami(route, { store, ecosystem, reply, request, context }) {
    const { user = '' } = context;
    const owned = route.withPackages ? await packagesOwnedBy(store.db, ecosystem.id, user) : [];
    return sendResponse(reply, route.respond(request, context, owned));
  },

  async user(route, { store, reply, request, context }) {
    const isKnown = await isUser(store.db, route.userName(request));
    return sendResponse(reply, route.respond(isKnown, request, context));
  },

  async package(route, { store, documents, upstream, ecosystem, reply, request, context }) {
    const asked = route.packageName(request);
    const found = await store.catalog.package(ecosystem.id, ecosystem.normalizeName(asked));
    const other = found ? undefined : await upstream?.document(asked, request);
    if (other && 'refusal' in other) return sendResponse(reply, other.refusal);
    const render = ({ request, context }: Asked) =>
      other?.respond(request, context) ?? route.respond(found, request, context);
    const source = found ?? other?.state;
    if (source === undefined) return sendDocument(reply, render({ request, context }));
    return sendFinished(reply, await documents.of({ request, context }, source, render));
  },

  async index(route, { store, documents, upstream, ecosystem, reply, request, context }) {
    const { catalog } = store;
    const theirs = await upstream?.listing(request);
    if (theirs && 'refusal' in theirs) return sendResponse(reply, theirs.refusal);
    const state = `${await catalog.state(ecosystem.id)} ${theirs?.state ?? ''}`;
    const render = async ({ request, context }: Asked) => {
      const ours = route.respond(await catalog.packages(ecosystem.id), request, context);
      return theirs ? theirs.merge(ours, request) : ours;
    };
    return sendFinished(reply, await documents.of({ request, context }, state, render));
  },

  async log(route, { store, upstream, ecosystem, now, reply, request, context }) {
    const at = now();
    const others = await upstream?.told(request);
    if (others && 'refusal' in others) return sendResponse(reply, others.refusal);
    const entries = await store.catalog.log(ecosystem.id, route.facts, at, others);
    const response = route.respond({ entries, now: at.toISOString() }, request, context);
    return sendDocument(reply, response);
  },

  async search(route, { store, ecosystem, reply, request, context }) {
    const found = await findPackages(store, ecosystem, route.search(request));
    return sendResponse(reply, route.respond(found, request, context));
  },

  async file(route, { store, upstream, ecosystem, reply, request, context }) {
    const { filename, contentType, packageName } = route.file(request);
    const name = packageName === undefined ? undefined : ecosystem.normalizeName(packageName);
    const found =
      (await store.catalog.file(ecosystem.id, filename, name)) ??
      (await upstream?.file(packageName, filename, request));
    if (!found) return sendResponse(reply, route.respond(request, context));
    if ('refusal' in found) return sendResponse(reply, found.refusal);
    if (request.method === 'GET') store.catalog.downloads.count(ecosystem.id, filename, name);
    return sendFile(reply, store.blobs, found, contentType);
  },

  async publish(route, { store, ecosystem, now, reply, request, context, caller, refuse }) {
    const parsed = route.parse(request);
    const user = context.user ?? '';
    if (!parsed.ok) {
      const refusal = toRefusal(parsed.problems);
      await recordRejection(store.db, ecosystem, refusal, { user, now: now() });
      return refuse(refusal);
    }
    const upload = parsed.value;
    const denial = await denyPublish(store, ecosystem, upload, caller, now());
    if (denial) return refuse(denial);
    const outcome = await publish(store, { ecosystem, upload, user, now: now() });
    if (outcome.kind === 'refused') return refuse(outcome.refusal);
    return sendResponse(reply, route.respond(upload, request, context));
  },

  async attach(route, { store, ecosystem, now, reply, request, context, caller, refuse }) {
    const parsed = route.parse(request);
    if (!parsed.ok) return refuse(toRefusal(parsed.problems));
    const user = context.user ?? '';
    const attachment = parsed.value;
    const permits = permitsOf(caller, ecosystem, attachment.name);
    const outcome = await attach(store, { ecosystem, attachment, user, permits, now: now() });
    if (outcome.kind === 'refused') return refuse(outcome.refusal);
    return sendResponse(reply, route.respond(request, context));
  },

  async change(route, { store, ecosystem, now, reply, request, context, caller, refuse }) {
    const at = now();
    const name = route.packageName(request);
    const outcome = await change(store, {
      ecosystem,
      name,
      changes: (found) => route.changes(found, request, at.toISOString()),
      user: context.user ?? '',
      permits: permitsOf(caller, ecosystem, name),
      now: at,
    });
    if (outcome.kind === 'refused') return refuse(outcome.refusal);
    return sendResponse(reply, route.respond(request, context));
  },

  async 'sign-in'(route, { accounts, ecosystem, reply, request, context, refuse }) {
    const credentials = route.credentials(request);
    if (!credentials.ok) return refuse(toRefusal(credentials.problems));
    const token = await signIn(accounts, ecosystem, credentials.value, reply.request.ip);
    if (!token.ok) return refuse(toRefusal(token.problems));
    return sendResponse(reply, route.respond(toWireToken(token.value), request, context));
  },

  async token(route, { accounts, reply, request, context, caller, refuse }) {
    const order = route.order(request);
    if (!order.ok) return refuse(toRefusal(order.problems));
    if (!caller) throw new Error('a request about tokens was admitted without one');
    const tokens = await carryOut(accounts, caller, order.value, reply.request.ip);
    if (!tokens.ok) return refuse(toRefusal(tokens.problems));
    return sendResponse(reply, route.respond(tokens.value.map(toWireToken), request, context));
  },
};

/** What the caller's token is good for, for one package. */
function permitsOf(caller: Caller | undefined, { id }: Ecosystem, name: string) {
  return (permission: Permission) => caller?.permits(permission, { ecosystem: id, name }) === true;
}
