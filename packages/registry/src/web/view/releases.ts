import { html, type Html } from '../html';
import type { Visit } from '../page';
import { paths } from '../paths';
import type { ArrivedVersion, TogetherArrived } from '../read/releases';
import { ecosystemLabel } from './labels';

/** One version of a release, as a link to it. */
export function arrivedLink({ config }: Visit, each: ArrivedVersion): Html {
  return html`<li class="${each.yanked ? 'arrived withdrawn' : 'arrived'}">
    <a href="${paths.version(each, each.version)}"
      >${each.name} <span class="version">${each.version}</span></a
    >
    ${ecosystemLabel(config, each.ecosystem)}
    ${each.yanked && html`<span class="tag bad">withdrawn</span>`}
  </li>`;
}

/** What arrived together with a version, beside the version itself. */
export function togetherList(
  visit: Visit,
  release: TogetherArrived | undefined,
  { name }: { readonly name: string },
  version: string,
): Html | undefined {
  const others = release?.versions.filter((each) => each.name !== name || each.version !== version);
  if (!others || others.length === 0) return undefined;
  return html`<section class="panel" aria-labelledby="together">
    <h2 id="together">Arrived together with</h2>
    <ul class="together">
      ${others.map((each) => arrivedLink(visit, each))}
    </ul>
  </section>`;
}
