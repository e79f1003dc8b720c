import { html, type Html } from '../html';
import type { Page, Visit } from '../page';
import { paths, withQuery } from '../paths';
import { readNumber } from '../read/page-number';
import { newestAttempts } from '../read/trail';
import { nothingHere, pager } from '../view/pager';
import { attemptList } from '../view/trail';

const limit = 50;

/** Every attempt to change something, also those that were denied. */
export const trailPage: Page = {
  method: 'GET',
  path: 'trail',
  access: 'admin',
  async answer(visit) {
    const { query, config } = visit;
    const of = query['package'] || undefined;
    const actor = query['actor'] || undefined;
    const before = readNumber(query['before']);
    const attempts = await newestAttempts(config.store.db, { of, actor, before, limit });
    const to = (behind: number | undefined) =>
      withQuery(paths.trail, { package: of, actor, before: behind });
    return {
      title: 'Trail',
      section: 'trail',
      body: html`<header class="title">
          <h1>Trail</h1>
          <p class="lead">
            Every attempt to change something, also those that were denied. Nothing of it is ever
            changed.
          </p>
        </header>
        ${filter(visit)}
        ${
          attemptList(visit, of ?? actor ?? 'All attempts', attempts, true) ??
          nothingHere('Nothing was tried.', 'Another user or another package may have more.')
        }
        ${pager({
          previous: before === undefined ? undefined : to(undefined),
          next: attempts.length === limit ? to(attempts.at(-1)?.id) : undefined,
        })}`,
    };
  },
};

function filter({ query }: Visit): Html {
  return html`<form class="filter" action="${paths.trail}">
    <label
      >Package
      <input
        name="package"
        value="${query['package']}"
        placeholder="ecosystem:name"
        spellcheck="false"
    /></label>
    <label>User <input name="actor" value="${query['actor']}" spellcheck="false" /></label>
    <button type="submit">Show</button>
  </form>`;
}
