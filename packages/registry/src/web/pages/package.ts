import type { Ecosystem, StoredPackage, StoredVersion } from '@forge/ecosystems';
import { findPackageAt, findVersionAt } from '../../api/addresses';
import { latestOf } from '../../api/latest';
import { countDependents, countDownloads } from '../../store';
import { html } from '../html';
import type { Page, PageAnswer, ShownPage, Visit } from '../page';
import { paths } from '../paths';
import { groupReleases, versionsAround } from '../read/releases';
import { newestAttempts } from '../read/trail';
import { dependencyList } from '../view/dependencies';
import { factSheet } from '../view/fact-sheet';
import { fileTable } from '../view/files';
import { installPanel } from '../view/install';
import { ecosystemLabel, moment } from '../view/labels';
import { togetherList } from '../view/releases';
import { attemptList } from '../view/trail';
import { versionTable } from '../view/versions';

const path = 'packages/:ecosystem/:name';
const asked = { method: 'GET', access: 'public' } as const;

/** A package as its newest version has it, and as any other one had it. */
export const packagePages: readonly Page[] = [
  {
    ...asked,
    path,
    async answer(visit) {
      const at = await findPackageAt(visit.config, addressIn(visit));
      if (!at.ok) return absent(visit);
      const { ecosystem, found } = at.value;
      return show(visit, { ecosystem, found, version: latestOf(ecosystem, found) });
    },
  },
  {
    ...asked,
    path: `${path}/:version`,
    async answer(visit) {
      const { version = '' } = visit.params;
      const at = await findVersionAt(visit.config, { ...addressIn(visit), version });
      return at.ok ? show(visit, at.value) : absent(visit);
    },
  },
];

function addressIn({ params }: Visit) {
  const { ecosystem = '', name = '' } = params;
  return { ecosystem, name };
}

function absent({ params }: Visit): PageAnswer {
  const { name = '', version } = params;
  const what = version === undefined ? name : `${name} ${version}`;
  return {
    status: 404,
    title: 'Not here',
    section: 'packages',
    isNarrow: true,
    body: html`<header class="title"><h1>${what} is not here</h1></header>
      <p class="lead">
        No such package was published to this registry, or all of it was taken back.
      </p>
      <p><a class="button" href="${paths.packages}">All packages</a></p>`,
  };
}

/** A version with its package and its ecosystem. */
export interface ShownVersion {
  readonly ecosystem: Ecosystem;
  readonly found: StoredPackage;
  readonly version: StoredVersion;
}

async function show(visit: Visit, shown: ShownVersion): Promise<ShownPage> {
  const { ecosystem, found, version } = shown;
  const { config } = visit;
  const description = ecosystem.contents.describe(version.metadata);
  const { usage, history, together } = await surroundings(visit, shown);
  const title = `${found.name} ${version.version}`;
  return {
    title,
    section: 'packages',
    body: html`<header class="title">
        <p class="above">${ecosystemLabel(config, ecosystem.id)}</p>
        <h1>${found.name} <span class="version big">${version.version}</span></h1>
        <p class="lead">${description.summary}</p>
        <p class="meta">
          Published ${moment(version.publishedAt, config.now())}
          ${together && html`by ${together.by}`}
        </p>
      </header>
      ${withdrawn(version)}
      <div class="columns">
        <div class="wide">
          ${installPanel(visit, shown)} ${fileTable(visit, shown)}
          ${dependencyList(ecosystem, description.dependencies)}
          ${togetherList(visit, together, found, version.version)} ${versionTable(visit, shown)}
          ${attemptList(visit, 'History', history)}
        </div>
        <aside aria-label="About this package">${factSheet(found, description, usage)}</aside>
      </div>`,
  };
}

/** What others did with the package, and what came beside the version. */
async function surroundings(
  { config, caller }: Visit,
  { ecosystem, found, version }: ShownVersion,
) {
  const { store, now } = config;
  const normalizedName = ecosystem.normalizeName(found.name);
  await store.catalog.downloads.flush(now());
  const isOwn = caller !== undefined && (caller.isAdmin || found.owners.includes(caller.user));
  const of = { ecosystem: ecosystem.id, name: found.name, version: version.version };
  const [downloads, dependents, history, around] = await Promise.all([
    countDownloads(store.db, { ecosystem: ecosystem.id, normalizedName }, now()),
    countDependents(store.db, ecosystem.id, normalizedName),
    newestAttempts(store.db, { of: `${of.ecosystem}:${of.name}`, publicOnly: !isOwn, limit: 20 }),
    versionsAround(store.db, of, 60),
  ]);
  const isThis = (each: { readonly ecosystem: string; name: string; version: string }) =>
    each.ecosystem === of.ecosystem && each.name === of.name && each.version === of.version;
  const together = groupReleases(around).find(({ versions }) => versions.some(isThis));
  return { usage: { downloads, dependents }, history, together };
}

function withdrawn({ yanked, notice }: StoredVersion) {
  if (!yanked) return undefined;
  return html`<div class="notice" role="note">
    <strong>This version was withdrawn.</strong>
    ${notice?.message || 'Nobody should choose it anew; it is served to those who have locked it.'}
    ${notice?.reason && html`<span class="tag">${notice.reason}</span>`}
  </div>`;
}
