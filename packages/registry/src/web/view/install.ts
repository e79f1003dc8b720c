import { html, type Html } from '../html';
import type { Visit } from '../page';
import type { ShownVersion } from '../pages/package';

/** How to install a version with each of its tools. */
export function installPanel(
  { baseUrl, config }: Visit,
  { ecosystem, found, version }: ShownVersion,
): Html {
  const guides = ecosystem.wire.install(baseUrl, { name: found.name, version: version.version });
  return html`<section class="panel" aria-labelledby="install">
    <h2 id="install">Install</h2>
    ${guides.map(
      ({ tool, file, lines }) =>
        html`<div class="guide">
          <h3>${tool} ${file && html`<span class="file">in <code>${file}</code></span>`}</h3>
          <pre tabindex="0"><code class="copyable">${lines.join('\n')}</code></pre>
        </div>`,
    )}
    ${config.accounts.settings.readsNeedToken && html`<p class="meta">Reading needs a token, too.</p>`}
  </section>`;
}
