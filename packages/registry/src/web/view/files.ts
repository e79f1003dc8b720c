import type { StoredFile } from '@forge/ecosystems';
import { formatSize } from '../format';
import { html, type Html } from '../html';
import type { Visit } from '../page';
import type { ShownVersion } from '../pages/package';
import { withQuery } from '../paths';
import { copyable } from './labels';

/** The files of a version, each with all its digests. */
export function fileTable(visit: Visit, shown: ShownVersion): Html {
  const { files, attachments = [] } = shown.version;
  return html`<section class="panel" aria-labelledby="files">
    <h2 id="files">Files</h2>
    <ul class="files">
      ${files.map((each) => fileEntry(each, downloadOf(visit, shown, each)))}
      ${attachments.map((each) => fileEntry(each, undefined))}
    </ul>
  </section>`;
}

function fileEntry(file: StoredFile, href: string | undefined): Html {
  const others = file.digests.filter(({ algorithm }) => algorithm !== 'sha256');
  return html`<li>
    <p class="file-head">
      ${
        href === undefined
          ? html`<strong>${file.filename}</strong>`
          : html`<a href="${href}">${file.filename}</a>`
      }
      <span class="size">${formatSize(file.size)}</span>
    </p>
    <p class="digest"><span>sha256</span> ${copyable(file.sha256)}</p>
    <details>
      <summary>Other digests<span class="hidden"> of ${file.filename}</span></summary>
      ${others.map(
        ({ algorithm, value }) =>
          html`<p class="digest"><span>${algorithm}</span> ${copyable(value)}</p>`,
      )}
    </details>
  </li>`;
}

/** Where reads need a token, a browser does not have it for what is not a page. */
function downloadOf(
  { config }: Visit,
  { ecosystem, found, version }: ShownVersion,
  { filename }: StoredFile,
): string | undefined {
  if (config.accounts.settings.readsNeedToken) return undefined;
  const path = [ecosystem.id, found.name, version.version].map(encodeURIComponent).join('/');
  return withQuery(`/api/v1/packages/${path}/download`, { filename });
}
