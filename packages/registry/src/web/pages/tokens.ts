import {
  apiTokensOf,
  makeApiToken,
  revokeApiTokens,
  type FreshToken,
} from '../../accounts/api-tokens';
import type { MadeToken } from '../../store';
import { html, type Html } from '../html';
import type { Page, PageAnswer, ShownPage, Visit } from '../page';
import { paths } from '../paths';
import { hasPasswords } from '../read/has-passwords';
import { readNumber } from '../read/page-number';
import { tokenField } from '../session/own-forms';
import { copyable, moment } from '../view/labels';
import { nothingHere } from '../view/pager';
import { checkboxes, choice } from '../view/form-lists';

/** Tokens for tools: made, shown once, revoked. */
export const tokenPages: readonly Page[] = [
  {
    method: 'GET',
    path: 'account',
    access: 'user',
    answer: () => ({ to: paths.tokens }),
  },
  {
    method: 'GET',
    path: 'account/tokens',
    access: 'user',
    answer: (visit) => show(visit),
  },
  {
    method: 'POST',
    path: 'account/tokens',
    access: 'user',
    answer: make,
  },
  {
    method: 'POST',
    path: 'account/tokens/:id/revoke',
    access: 'user',
    async answer(visit) {
      const { params, config } = visit;
      const id = readNumber(params['id']);
      const user = userOf(visit);
      if (user === undefined) return show(visit);
      if (id !== undefined) await revokeApiTokens(config.accounts, user, { id });
      return { to: paths.tokens };
    },
  },
];

/** Whoever came with less than everything of the user has no say over its tokens. */
function userOf({ caller }: Visit): string | undefined {
  return caller?.permits('account') ? caller.user : undefined;
}

async function make(visit: Visit): Promise<PageAnswer> {
  const { config, caller, form } = visit;
  const user = userOf(visit);
  if (user === undefined) return show(visit);
  const days = readNumber(form.get('days') ?? undefined);
  const made = await makeApiToken(config.accounts, {
    user,
    isAdmin: caller?.isAdmin ?? false,
    name: (form.get('name') ?? '').trim() || 'unnamed',
    scopes: scopesOf(form),
    ...(days === undefined ? {} : { expiresInDays: days }),
  });
  if (made.ok) return show(visit, { fresh: made.value });
  return show(visit, { why: made.problems.map(({ what }) => what).join('; ') });
}

/** Who names packages means these and no others. */
function scopesOf(form: URLSearchParams): readonly string[] {
  const narrow = (form.get('narrow') ?? '').split(/[\s,]+/).filter(Boolean);
  const chosen = form.getAll('scope');
  if (narrow.length === 0) return chosen;
  return [
    ...chosen.filter((each) => each !== 'publish'),
    ...narrow.map((each) => `publish:${each}`),
  ];
}

interface Outcome {
  readonly fresh?: FreshToken;
  readonly why?: string;
}

async function show(visit: Visit, { fresh, why }: Outcome = {}): Promise<ShownPage> {
  const { config } = visit;
  const user = userOf(visit);
  const head = { title: 'Tokens', section: 'account' } as const;
  const title = html`<header class="title">
    <h1>Tokens</h1>
    <p class="lead">
      What tools come with in place of a password. Each can be revoked by itself, at once.
    </p>
  </header>`;
  if (user === undefined) {
    const hint = 'Log in with a password, or with a token that may do everything.';
    return {
      ...head,
      status: 403,
      body: html`${title} ${nothingHere('Not with this token.', hint)}`,
    };
  }
  const tokens = await apiTokensOf(config.accounts, user);
  const areAccounts = await hasPasswords(config.store.db);
  return {
    ...head,
    status: fresh ? 201 : why ? 400 : 200,
    body: html`${title} ${fresh && shownOnce(fresh)}
      ${why && html`<p class="notice" role="alert">${why}</p>`}
      ${
        !areAccounts &&
        html`<p class="notice calm" role="note">
          No accounts were set up on this server, so nobody has a password. Tokens that are made
          here go with the server’s own user, <strong>${user}</strong>.
        </p>`
      }
      <div class="columns">
        <div class="wide">${list(visit, tokens)}</div>
        <aside aria-label="Make a token">${form(visit)}</aside>
      </div>`,
  };
}

function shownOnce({ name, secret }: FreshToken): Html {
  return html`<div class="notice good" role="status">
    <p><strong>“${name}” is made.</strong> Copy it now: it is not shown again.</p>
    <pre tabindex="0">${copyable(secret)}</pre>
  </div>`;
}

function list(visit: Visit, tokens: readonly MadeToken[]): Html {
  if (tokens.length === 0)
    return nothingHere('You have no tokens.', 'Make one for each tool or machine.');
  return html`<section class="panel" aria-labelledby="yours">
    <h2 id="yours">Your tokens</h2>
    <ul class="tokens">
      ${tokens.map((each) => entry(visit, each))}
    </ul>
  </section>`;
}

function entry(
  { config, formToken }: Visit,
  { id, name, scopes, createdAt, expiresAt }: MadeToken,
): Html {
  const now = config.now();
  return html`<li>
    <div>
      <h3>${name}</h3>
      <p>${scopes.map((each) => html`<span class="tag">${each}</span> `)}</p>
      <p class="meta">
        Made ${moment(createdAt, now)},
        ${expiresAt ? html`over ${moment(expiresAt, now)}` : 'without an end'}
      </p>
    </div>
    <form action="${paths.tokens}/${id}/revoke" method="post">
      <input type="hidden" name="${tokenField}" value="${formToken}" />
      <button class="small danger" type="submit">Revoke<span class="hidden"> ${name}</span></button>
    </form>
  </li>`;
}

function form({ formToken, caller }: Visit): Html {
  const scopes = ['read', 'publish', 'yank', 'owners', ...(caller?.isAdmin ? ['admin'] : [])];
  return html`<form class="card" action="${paths.tokens}" method="post">
    <h2>Make a token</h2>
    <input type="hidden" name="${tokenField}" value="${formToken}" />
    <label
      >What it is for <input name="name" maxlength="200" placeholder="CI of acme" required
    /></label>
    ${checkboxes('What it may do', 'scope', scopes, ['read', 'publish'])}
    <label
      >Publish only these
      <input
        name="narrow"
        placeholder="ecosystem/name, ecosystem"
        spellcheck="false"
        aria-describedby="narrow"
      />
    </label>
    <p class="meta" id="narrow">
      In place of “publish” above; a final * is every name that begins so.
    </p>
    ${choice(
      'Valid for',
      'days',
      [
        ['30', '30 days'],
        ['90', '90 days'],
        ['365', 'a year'],
        ['', 'ever'],
      ],
      '90',
    )}
    <button class="primary" type="submit">Make the token</button>
  </form>`;
}
