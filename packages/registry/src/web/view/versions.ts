import type { StoredVersion } from '@forge/ecosystems';
import { latestOf } from '../../api/latest';
import { countOf, formatSize } from '../format';
import { html, type Html } from '../html';
import type { Visit } from '../page';
import type { ShownVersion } from '../pages/package';
import { paths, withQuery } from '../paths';
import { moment } from './labels';

const most = 25;

/** All versions of a package, the highest first. */
export function versionTable(visit: Visit, shown: ShownVersion): Html {
  const { ecosystem, found, version } = shown;
  const sorted = [...found.versions].sort((a, b) =>
    ecosystem.versions.compare(b.version, a.version),
  );
  const isAll = visit.query['versions'] === 'all' || sorted.length <= most;
  const latest = latestOf(ecosystem, found);
  return html`<section class="panel" aria-labelledby="versions">
    <h2 id="versions">${countOf(found.versions.length, 'version')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="versions">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Published</th>
            <th scope="col">Files</th>
          </tr>
        </thead>
        <tbody>
          ${(isAll ? sorted : sorted.slice(0, most)).map((each) =>
            row(visit, shown, each, each === latest, each === version),
          )}
        </tbody>
      </table>
    </div>
    ${!isAll && showAll(shown)}
  </section>`;
}

function row(
  { config }: Visit,
  { ecosystem, found }: ShownVersion,
  each: StoredVersion,
  isLatest: boolean,
  isShown: boolean,
): Html {
  const size = each.files.reduce((sum, file) => sum + file.size, 0);
  const address = { ecosystem: ecosystem.id, name: found.name };
  return html`<tr class="${each.yanked && 'withdrawn'}">
    <th scope="row">
      <a
        class="version"
        href="${paths.version(address, each.version)}"
        ${isShown && html`aria-current="true"`}
        >${each.version}</a
      >
      ${isLatest && html`<span class="tag good">latest</span>`}
      ${each.yanked && html`<span class="tag bad">withdrawn</span>`}
      ${ecosystem.versions.isPrerelease(each.version) && html`<span class="tag">prerelease</span>`}
    </th>
    <td>${moment(each.publishedAt, config.now())}</td>
    <td>${countOf(each.files.length, 'file')}, ${formatSize(size)}</td>
  </tr>`;
}

function showAll({ ecosystem, found }: ShownVersion): Html {
  const path = paths.package({ ecosystem: ecosystem.id, name: found.name });
  return html`<p>
    <a href="${withQuery(path, { versions: 'all' })}#versions">Show all versions</a>
  </p>`;
}
