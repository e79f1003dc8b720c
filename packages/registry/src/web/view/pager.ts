import { html, type Html } from '../html';

/** Links to the pages before and behind this one, where there are any. */
export function pager({
  previous,
  next,
  position,
}: {
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
  readonly position?: string;
}): Html | undefined {
  if (previous === undefined && next === undefined) return undefined;
  const link = (to: string | undefined, relation: string, text: string) =>
    to === undefined
      ? html`<span></span>`
      : html`<a class="button small" rel="${relation}" href="${to}">${text}</a>`;
  return html`<nav class="pager" aria-label="Pages">
    ${link(previous, 'prev', '← Newer')} <span>${position}</span> ${link(next, 'next', 'Older →')}
  </nav>`;
}

/** Where there is nothing to show, and what to do about it. */
export function nothingHere(title: string, hint: Html | string): Html {
  return html`<div class="nothing">
    <p class="nothing-title">${title}</p>
    <p>${hint}</p>
  </div>`;
}
