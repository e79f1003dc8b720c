import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller';
import { identify } from '../http/authorization';
import { baseUrlOf, publicPathOf } from '../http/base-url';
import type { HttpConfig } from '../http/config';
import { decodeSegments, splitTarget } from '../http/request-path';
import { recordAudit } from '../store';
import { findPage, isPath } from './find-page';
import { html } from './html';
import { renderPage } from './layout';
import type { Page, PageAnswer, ShownPage, Visit } from './page';
import { home, paths, withQuery } from './paths';
import { readSession, writeSession } from './session/cookies';
import { formToken, isFormOf, isSentFromHere, tokenField } from './session/own-forms';
import { stylesheet } from './style';
import { icon } from './view/icon';

/** Answers one request for something below `/ui`. */
export type Site = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const assets: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  [paths.style]: { type: 'text/css; charset=utf-8', body: stylesheet },
  [paths.icon]: { type: 'image/svg+xml', body: icon },
};

export function openSite(config: HttpConfig): Site {
  return async (request, reply) => {
    reply.headers(safety);
    const { path, query } = splitTarget(request.raw.url ?? '/');
    const asset = assets[path];
    if (asset && request.method !== 'POST') {
      reply.headers({ 'content-type': asset.type, 'cache-control': 'public, max-age=300' });
      return reply.send(asset.body);
    }
    const session = readSession(request);
    const caller = await callerOf(config, request, session);
    const visit = {
      config,
      caller,
      params: {},
      query: Object.fromEntries(new URLSearchParams(query)),
      form: formOf(request),
      baseUrl: baseUrlOf(request, config.publicUrl),
      publicPath: publicPathOf(config),
      target: withQuery(path, Object.fromEntries(new URLSearchParams(query))),
      formToken: formToken(config.accounts, session),
      address: request.ip,
    };
    const answer = await answerVisit(request, visit, session, path);
    return send(reply, visit, answer);
  };
}

/** No script, no foreign content, no frame around it: whatever slipped into a page could do nothing. */
const safety = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  // Also keeps `Origin` on forms, which `no-referrer` would make `null`.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

async function answerVisit(
  request: FastifyRequest,
  visit: Visit,
  session: string | undefined,
  path: string,
): Promise<PageAnswer> {
  const segments = decodeSegments(path.slice(home.length).replace(/\/+$/, ''));
  if (!segments || visit.target.includes('%00')) {
    const why = 'It has a malformed escape, or a NUL.';
    return problem(400, 'This address is not valid', why);
  }
  if ([...visit.form].flat().some((text) => text.includes('\0')))
    return problem(400, 'This form is not valid', 'A field of it has a NUL.');
  const found = findPage(request.method, segments);
  if (!found) {
    return isPath(segments)
      ? problem(405, 'Not here', 'This page does not take what was sent.')
      : problem(404, 'There is no such page', 'Perhaps a search finds what you look for.');
  }
  const { page, params } = found;
  const limited = checkRate(visit, page);
  if (limited) return limited;
  const barred = admit(visit, page) ?? checkForm(request, visit, session, page);
  if (!barred) return page.answer({ ...visit, params });
  if (page.method === 'POST') await recordDenial(visit, path);
  return barred;
}

/** Who tries to change something and may not is told in the audit, by a page as by the API. */
async function recordDenial({ config, caller, address }: Visit, path: string): Promise<void> {
  const { accounts, store, now } = config;
  const [subject, request] = [path, `POST ${path}`];
  if (!caller) return accounts.strangers.record({ address, subject, request });
  await recordAudit(store.db, {
    at: now(),
    actor: caller.user,
    action: 'request.denied',
    subject,
    detail: { request, reason: 'the form or the account is not good for this' },
  });
}

/** A page asks as much of the database as a search does. */
function checkRate({ caller, config, address }: Visit, page: Page): PageAnswer | undefined {
  const sent = page.access === 'open' ? 'login' : 'write';
  const rate = page.method === 'GET' ? 'search' : sent;
  const limited = config.limits.check(rate, caller?.user, address);
  if (!limited) return undefined;
  const { retryAfterSeconds = 0 } = limited;
  const why = `Wait ${retryAfterSeconds} seconds, then load the page anew.`;
  return { ...problem(429, 'That was too much at once', why), retryAfterSeconds };
}

function admit(
  { caller, config, target }: Visit,
  { access, method }: Page,
): PageAnswer | undefined {
  const isOpen = access === 'public' && !config.accounts.settings.readsNeedToken;
  if (access === 'open' || isOpen) return undefined;
  const next = method === 'GET' ? target : undefined;
  if (!caller) return { to: withQuery(paths.login, { next }) };
  if (access !== 'admin' || caller.isAdmin) return undefined;
  return problem(403, 'For administrators', 'This is for those who mind the whole server.');
}

function checkForm(
  request: FastifyRequest,
  { config, form, caller }: Visit,
  session: string | undefined,
  { method }: Page,
): PageAnswer | undefined {
  if (method !== 'POST') return undefined;
  const isOwn = !caller || isFormOf(config.accounts, session, form.get(tokenField) ?? '');
  if (isOwn && isSentFromHere(request, config.publicUrl)) return undefined;
  return problem(
    403,
    'This form was not made here',
    'It comes from another site, or from before you logged in. Go back, load the page anew and send it again.',
  );
}

async function callerOf(
  { accounts }: HttpConfig,
  { method, raw, ip }: FastifyRequest,
  session: string | undefined,
): Promise<Caller | undefined> {
  if (session === undefined) return undefined;
  const authorization = `Bearer ${session}`;
  const target = raw.url ?? '/';
  const identity = await identify(accounts, { method, target, authorization, address: ip });
  return 'refusal' in identity ? undefined : identity.caller;
}

function formOf({ body, headers }: FastifyRequest): URLSearchParams {
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm && Buffer.isBuffer(body) ? body.toString('utf8') : '');
}

function problem(status: number, title: string, why: string): ShownPage {
  return {
    status,
    title,
    isNarrow: true,
    body: html`<header class="title">
        <h1>${title}</h1>
      </header>
      <p class="lead">${why}</p>
      <p><a class="button" href="${paths.packages}">All packages</a></p>`,
  };
}

function send(reply: FastifyReply, visit: Visit, answer: PageAnswer): FastifyReply {
  reply.headers({ 'cache-control': visit.caller ? 'no-store' : 'no-cache', vary: 'Cookie' });
  if ('to' in answer) {
    const at = { isSecure: visit.baseUrl.startsWith('https:'), publicPath: visit.publicPath };
    if (answer.session !== undefined) reply.header('set-cookie', writeSession(answer.session, at));
    return reply.redirect(`${visit.publicPath}${answer.to}`, 303);
  }
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', answer.retryAfterSeconds);
  reply.code(answer.status ?? 200).header('content-type', 'text/html; charset=utf-8');
  return reply.send(renderPage(visit, answer));
}
