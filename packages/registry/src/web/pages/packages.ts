import { showList } from '../../api/show-package';
import { countAll, searchPackages, type Totals } from '../../store';
import { countOf, formatCount } from '../format';
import { html, type Html } from '../html';
import type { Page, Visit } from '../page';
import { paths, withQuery } from '../paths';
import { readPage } from '../read/page-number';
import { recentPackages } from '../read/recent-packages';
import { ecosystemLabel, hueClass, moment } from '../view/labels';
import { nothingHere, pager } from '../view/pager';

const limit = 30;

type Listed = Awaited<ReturnType<typeof showList>>;

/** Packages of all ecosystems: those that changed last, or those that a search finds. */
export const packagesPage: Page = {
  method: 'GET',
  path: '',
  access: 'public',
  async answer(visit) {
    const { config, query } = visit;
    const text = (query['q'] ?? '').trim().slice(0, 200);
    const [listed, totals] = await Promise.all([list(visit, text), countAll(config.store.db)]);
    return {
      title: text === '' ? 'Packages' : `Search: ${text}`,
      section: 'packages',
      search: text,
      body: html`${text === '' ? welcome(totals) : found(text, listed.total)}
      ${chips(visit, totals, text)}
      ${
        listed.packages.length > 0
          ? html`<ul class="packages">
              ${listed.packages.map((each) => row(visit, each))}
            </ul>`
          : nothing(text)
      }
      ${pages(visit, listed, text)}`,
    };
  },
};

async function list(visit: Visit, text: string): Promise<Listed> {
  const { config, query } = visit;
  const page = readPage(query['page']);
  const ecosystem = query['ecosystem'] || undefined;
  const offset = (page - 1) * limit;
  const { db } = config.store;
  if (text === '') {
    return showList(config, await recentPackages(db, { ecosystem, limit, offset }), page);
  }
  const spellings = config.ecosystems
    .filter(({ id }) => ecosystem === undefined || ecosystem === id)
    .map(({ id, normalizeName }) => ({ ecosystem: id, name: normalizeName(text) }));
  return showList(config, await searchPackages(db, { text, spellings, limit, offset }), page);
}

function welcome({ packages, versions, ecosystems }: Totals): Html {
  return html`<header class="welcome">
    <h1>Every package,<br />one registry.</h1>
    <p>
      ${countOf(packages, 'package')} in ${countOf(versions, 'version')}, of
      ${countOf(Object.keys(ecosystems).length, 'ecosystem')}. Each is served to its own tools in
      their own protocol.
    </p>
  </header>`;
}

function found(text: string, total: number): Html {
  return html`<header class="title">
    <h1>${countOf(total, 'package')} for “${text}”</h1>
  </header>`;
}

/** A choice of ecosystems, each with its number of packages. */
function chips({ config, query }: Visit, totals: Totals, text: string): Html {
  const chosen = query['ecosystem'] ?? '';
  const chip = (id: string, hue: string, title: string, count: number) =>
    html`<li>
      <a
        class="chip ${hue}"
        href="${withQuery(paths.packages, { q: text, ecosystem: id })}"
        ${id === chosen && html`aria-current="true"`}
        >${title} <span class="count">${formatCount(count)}</span></a
      >
    </li>`;
  const each = config.ecosystems.map(({ id }, index) =>
    chip(id, hueClass(index), id, totals.ecosystems[id]?.packages ?? 0),
  );
  return html`<nav aria-label="Ecosystems">
    <ul class="chips">
      ${chip('', 'hue-none', 'All', totals.packages)} ${each}
    </ul>
  </nav>`;
}

function row({ config }: Visit, each: Listed['packages'][number]): Html {
  return html`<li class="package">
    <div class="package-head">
      <h2><a href="${paths.package(each)}">${each.name}</a></h2>
      <span class="version">${each.version}</span>
      ${ecosystemLabel(config, each.ecosystem)}
    </div>
    <p class="summary">
      ${each.summary || html`<span class="faint">It does not say what it is.</span>`}
    </p>
    <p class="meta">${moment(each.publishedAt, config.now())}</p>
  </li>`;
}

function nothing(text: string): Html {
  if (text !== '')
    return nothingHere('Nothing is called so.', 'Try fewer letters, or another ecosystem.');
  return nothingHere(
    'Nothing is here yet.',
    html`Point a tool at this server and publish: <code>forge-registry env</code> prints the
      settings.`,
  );
}

function pages({ query }: Visit, { total, page }: Listed, text: string): Html | undefined {
  const { ecosystem } = query;
  const to = (number: number) =>
    withQuery(paths.packages, { q: text, ecosystem, page: number === 1 ? undefined : number });
  const last = Math.max(1, Math.ceil(total / limit));
  return pager({
    previous: page > 1 ? to(page - 1) : undefined,
    next: page < last ? to(page + 1) : undefined,
    position: `Page ${page} of ${last}`,
  });
}
