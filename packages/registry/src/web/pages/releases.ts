import { countOf } from '../format';
import { html, type Html } from '../html';
import type { Page, Visit } from '../page';
import { paths, withQuery } from '../paths';
import { readNumber } from '../read/page-number';
import { groupReleases, versionsBefore, type TogetherArrived } from '../read/releases';
import { moment } from '../view/labels';
import { nothingHere, pager } from '../view/pager';
import { arrivedLink } from '../view/releases';

const limit = 200;

/** What arrived together, over all ecosystems. */
export const releasesPage: Page = {
  method: 'GET',
  path: 'releases',
  access: 'public',
  async answer(visit) {
    const before = readNumber(visit.query['before']);
    const versions = await versionsBefore(visit.config.store.db, before, limit);
    const groups = groupReleases(versions);
    const { shown, next } = fitting(groups, versions.length === limit);
    return {
      title: 'Releases',
      section: 'releases',
      body: html`<header class="title">
          <h1>Releases</h1>
          <p class="lead">
            Versions that one user published one after the other, in every ecosystem.
          </p>
        </header>
        ${
          shown.length > 0
            ? html`<ol class="releases">
                ${shown.map((each) => release(visit, each))}
              </ol>`
            : nothingHere('Nothing was released yet.', 'What is published stands here at once.')
        }
        ${pager({
          previous: before === undefined ? undefined : paths.releases,
          next: next === undefined ? undefined : withQuery(paths.releases, { before: next }),
        })}`,
    };
  },
};

/** The release that the oldest version is of may go on: it is shown on the next page, unless it is all there is. */
function fitting(groups: readonly TogetherArrived[], goesOn: boolean) {
  if (!goesOn) return { shown: groups, next: undefined };
  const arrivals = ({ versions }: TogetherArrived) => versions.map(({ arrival }) => arrival);
  const oldest = Math.min(...groups.flatMap(arrivals));
  const last = groups.find((each) => arrivals(each).includes(oldest));
  const others = groups.filter((each) => each !== last);
  if (!last || others.length === 0) return { shown: groups, next: oldest };
  return { shown: others, next: Math.max(...arrivals(last)) + 1 };
}

function release(visit: Visit, { by, to, versions }: TogetherArrived): Html {
  const ecosystems = new Set(versions.map(({ ecosystem }) => ecosystem));
  const over = ecosystems.size > 1 && ` over ${countOf(ecosystems.size, 'ecosystem')}`;
  return html`<li class="release">
    <h2>${countOf(versions.length, 'version')}${over}</h2>
    <p class="meta">by ${by}, ${moment(to, visit.config.now())}</p>
    <ul class="together">
      ${versions.map((each) => arrivedLink(visit, each))}
    </ul>
  </li>`;
}
