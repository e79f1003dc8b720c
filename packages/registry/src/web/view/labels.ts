import type { HttpConfig } from '../../http/config';
import { formatAge, formatMoment } from '../format';
import { html, type Html } from '../html';

const hues = 8;

/** The ecosystem of a package, in its own colour; by its id, for its title is the name of another registry. */
export function ecosystemLabel({ ecosystems }: HttpConfig, id: string): Html {
  const index = ecosystems.findIndex((each) => each.id === id);
  return html`<span class="ecosystem ${hueClass(index)}">${id}</span>`;
}

/** A class of the stylesheet; colours go by the order of the ecosystems. */
export function hueClass(index: number): string {
  return `hue-${index < 0 ? hues - 1 : index % hues}`;
}

/** When something was, for people and for programs. */
export function moment(at: Date | string, now: Date): Html {
  const when = new Date(at);
  return html`<time datetime="${when.toISOString()}" title="${formatMoment(when)}"
    >${formatAge(when, now)}</time
  >`;
}

/** A text to be copied: one click selects all of it. */
export function copyable(text: string): Html {
  return html`<code class="copyable">${text}</code>`;
}

/** A link to where somebody else says that it leads; other schemes than those of the web stay texts. */
export function foreignLink(url: string): Html {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return html`${url}`;
  const shown = url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
  return html`<a href="${url}" rel="nofollow noopener noreferrer">${shown}</a>`;
}
