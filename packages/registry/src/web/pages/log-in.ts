import type { ForgeError } from '@forge/ecosystems';
import { checkAttempt } from '../../accounts/log-in';
import { beginSession, leaveSession } from '../../accounts/sessions';
import { identify } from '../../http/authorization';
import { TooMany } from '../../limits/too-many';
import { html, type Html } from '../html';
import type { Onward, Page, PageAnswer, ShownPage, Visit } from '../page';
import { home, paths } from '../paths';
import { hasPasswords } from '../read/has-passwords';
import { tokenField } from '../session/own-forms';

/** Getting in with a password, or with a token that one has; and out again. */
export const logInPages: readonly Page[] = [
  {
    method: 'GET',
    path: 'login',
    access: 'open',
    answer: (visit) => form(visit),
  },
  {
    method: 'POST',
    path: 'login',
    access: 'open',
    answer: logIn,
  },
  {
    method: 'POST',
    path: 'logout',
    access: 'user',
    async answer({ caller, config }) {
      if (caller?.by.kind === 'session') await leaveSession(config.accounts, caller.by.jti);
      return { to: paths.packages, session: null };
    },
  },
];

async function logIn(visit: Visit): Promise<PageAnswer> {
  const { config, form: sent, address } = visit;
  const token = (sent.get('token') ?? '').trim();
  if (token !== '') return byToken(visit, token);
  const name = (sent.get('name') ?? '').trim();
  const password = sent.get('password') ?? '';
  const checked = await checkAttempt(config.accounts, { name, password, address });
  if (!checked.ok) return refused(visit, checked.problems);
  const { token: secret, expiresAt } = await beginSession(config.accounts, checked.value.username);
  const seconds = Math.floor((expiresAt.getTime() - config.now().getTime()) / 1000);
  return { to: nextOf(visit), session: { secret, seconds } };
}

/** The browser keeps the token itself, so it lets in for exactly what it is good for and for as long. */
async function byToken(visit: Visit, token: string): Promise<PageAnswer> {
  const { accounts } = visit.config;
  const authorization = `Bearer ${token}`;
  const credentials = { method: 'POST', target: visit.target, address: visit.address };
  const identity = await identify(accounts, { ...credentials, authorization });
  if ('refusal' in identity || !identity.caller)
    return form(visit, {
      status: 401,
      why: 'This token is none of this server, or is not valid any more.',
    });
  const onward: Onward = { to: nextOf(visit), session: { secret: token } };
  return onward;
}

function refused(visit: Visit, problems: readonly ForgeError[]): Promise<ShownPage> {
  const wait = problems.find((each) => each instanceof TooMany);
  if (!wait) return form(visit, { status: 401, why: 'The name or the password is wrong.' });
  return form(visit, {
    status: 429,
    why: 'There were too many attempts. Wait a little, then try again.',
  });
}

/** Only pages of this server: a link to log in must not lead elsewhere. */
function nextOf({ query, form: sent }: Visit): string {
  const next = sent.get('next') ?? query['next'] ?? '';
  const isOurs = next === home || /^\/ui[/?](?![/\\])[^\\]*$/.test(next);
  return isOurs && !next.startsWith(paths.login) ? next : paths.packages;
}

async function form(
  visit: Visit,
  wrong?: { readonly status: number; readonly why: string },
): Promise<ShownPage> {
  const canUsePassword = await hasPasswords(visit.config.store.db);
  return {
    ...(wrong && { status: wrong.status }),
    title: 'Log in',
    isNarrow: true,
    body: html`<header class="title"><h1>Log in</h1></header>
      ${wrong && html`<p class="notice" role="alert">${wrong.why}</p>`}
      ${canUsePassword ? passwordForm(visit) : noAccounts()} ${tokenForm(visit, !canUsePassword)}`,
  };
}

function noAccounts(): Html {
  return html`<p class="lead">
    Nobody has a password on this server: no accounts were set up. A token that it was started with
    lets you in; the server printed one when it started.
  </p>`;
}

function passwordForm(visit: Visit): Html {
  return html`<form class="card" action="${paths.login}" method="post">
    ${hiddenFields(visit)}
    <label
      >Name or e-mail address
      <input
        name="name"
        value="${visit.form.get('name')}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        required
    /></label>
    <label
      >Password <input name="password" type="password" autocomplete="current-password" required
    /></label>
    <button class="primary" type="submit">Log in</button>
  </form>`;
}

function tokenForm(visit: Visit, isOnly: boolean): Html {
  return html`<details class="card" ${isOnly && html`open`}>
    <summary>With a token</summary>
    <form action="${paths.login}" method="post">
      ${hiddenFields(visit)}
      <label>Token <input name="token" type="password" autocomplete="off" required /></label>
      <button class="${isOnly && 'primary'}" type="submit">Log in with the token</button>
    </form>
  </details>`;
}

/** Whoever is logged in may log in as somebody else, with a form that was made for them as any other. */
function hiddenFields(visit: Visit): Html {
  return html`<input type="hidden" name="next" value="${nextOf(visit)}" />
    <input type="hidden" name="${tokenField}" value="${visit.formToken}" />`;
}
