import type { Json } from '@forge/ecosystems';
import type { HttpConfig } from '../../http/config';
import type { ToldAttempt } from '../../store';
import { html, type Html } from '../html';
import type { Visit } from '../page';
import { paths, withQuery } from '../paths';
import { ecosystemLabel, moment } from './labels';

/** Attempts, one line each. */
export function attemptList(
  visit: Visit,
  title: string,
  attempts: readonly ToldAttempt[],
  withDetail = false,
): Html | undefined {
  if (attempts.length === 0) return undefined;
  return html`<section class="panel" aria-labelledby="history">
    <h2 id="history">${title}</h2>
    <ol class="trail">
      ${attempts.map((each) => entry(visit, each, withDetail))}
    </ol>
  </section>`;
}

function entry({ config, caller }: Visit, attempt: ToldAttempt, withDetail: boolean): Html {
  const { action, actor, at, subject, detail } = attempt;
  const isRefused = /\.(?:denied|conflict|refused|rejected|reused)$/.test(action);
  return html`<li>
    <span class="${isRefused ? 'tag bad' : 'tag'}">${action}</span>
    <span class="subject">${subjectLink(config, subject)}</span>
    ${withDetail && ecosystemOf(config, subject)}
    <span class="meta">
      by
      ${caller?.isAdmin ? html`<a href="${withQuery(paths.trail, { actor })}">${actor}</a>` : actor},
      ${moment(at, config.now())}
    </span>
    ${withDetail ? hasDetail(detail) && detailOf(detail) : reasonOf(detail)}
  </li>`;
}

/** The ecosystem of what was tried, where it is about a package. */
function ecosystemOf(config: HttpConfig, subject: string): Html | undefined {
  const [id = ''] = subject.split(':', 1);
  return isEcosystem(config, id) ? ecosystemLabel(config, id) : undefined;
}

/** `ecosystem:name@version`, where a name may begin with `@`; users, sessions and webhooks have no page for everybody. */
export function subjectLink(config: HttpConfig, subject: string): Html {
  const [, ecosystem = '', name, version] = /^([^:]+):(.[^@]*)(?:@(.+))?$/.exec(subject) ?? [];
  if (name === undefined || !isEcosystem(config, ecosystem)) return html`${subject}`;
  const address = { ecosystem, name };
  const path = version === undefined ? paths.package(address) : paths.version(address, version);
  return html`<a href="${path}">${subject.slice(ecosystem.length + 1)}</a>`;
}

function isEcosystem({ ecosystems }: HttpConfig, id: string): boolean {
  return ecosystems.some((each) => each.id === id);
}

/** What the owner of a version said when it was withdrawn. */
function reasonOf(detail: Json): Html | undefined {
  const { notice } = detail as { readonly notice?: { readonly message?: string } };
  return notice?.message ? html`<span class="reason">“${notice.message}”</span>` : undefined;
}

function hasDetail(detail: Json): boolean {
  return typeof detail === 'object' && detail !== null && Object.keys(detail).length > 0;
}

function detailOf(detail: Json): Html {
  return html`<details>
    <summary>Detail</summary>
    <pre tabindex="0"><code>${JSON.stringify(detail, null, 2)}</code></pre>
  </details>`;
}
