import { html, type Html } from '../html';

/** An anvil with a spark above it. Colours come from the stylesheet. */
export const mark: Html = html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
  <path class="spark" d="M21 2l1.6 4.4L27 8l-4.4 1.6L21 14l-1.6-4.4L15 8l4.4-1.6z" />
  <path
    class="anvil"
    d="M2 14h28v3.5c-5 0-8.5 1.5-9.5 5h2.5v5H9v-5h3c-.6-3-3-4.5-6-4.5-2.200 0-4-1.6-4-4z"
  />
</svg>`;

/** The same as a file, for the tab of a browser. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<style>.a{fill:#3b322b}.s{fill:#ea580c}@media(prefers-color-scheme:dark){.a{fill:#e9dfd3}.s{fill:#fb923c}}</style>
<path class="s" d="M21 2l1.6 4.4L27 8l-4.4 1.6L21 14l-1.6-4.4L15 8l4.4-1.6z"/>
<path class="a" d="M2 14h28v3.5c-5 0-8.5 1.5-9.5 5h2.5v5H9v-5h3c-.6-3-3-4.5-6-4.5-2.200 0-4-1.6-4-4z"/>
</svg>
`;
