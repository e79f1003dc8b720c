import { html, type Html } from './html';
import type { Section, ShownPage, Visit } from './page';
import { paths } from './paths';
import { tokenField } from './session/own-forms';
import { mark } from './view/icon';

/** A whole document around the body of a page. */
export function renderPage(visit: Visit, page: ShownPage): string {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · Forge Registry</title>
        <link rel="icon" type="image/svg+xml" href="${paths.icon}" />
        <link rel="stylesheet" href="${paths.style}" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        ${header(visit, page)}
        <main id="content" class="${page.isNarrow ? 'page narrow' : 'page'}" tabindex="-1">
          ${page.body}
        </main>
        ${footer()}
      </body>
    </html>`;
  return below(visit.publicPath, document.toString());
}

/** Links to this host, wherever the proxy has it. No text can pass for one: quotes in texts are escaped. */
function below(path: string, markup: string): string {
  return markup.replace(/(\s(?:href|action)=")(?=\/(?!\/))/g, `$1${path.replaceAll('$', '$$$$')}`);
}

function header(visit: Visit, { section, search = '' }: ShownPage): Html {
  return html`<header class="bar">
    <div class="bar-inside">
      <a class="brand" href="${paths.packages}">${mark}<span>Forge Registry</span></a>
      <form class="find" role="search" action="${paths.packages}">
        <label class="hidden" for="find">Search packages</label>
        <input id="find" name="q" type="search" value="${search}" placeholder="Search packages" />
        <button type="submit">Search</button>
      </form>
      <nav aria-label="Main">
        <ul>
          ${entry('packages', 'Packages', section)} ${entry('releases', 'Releases', section)}
          ${visit.caller?.isAdmin && entry('trail', 'Trail', section)}
          ${visit.caller?.isAdmin && entry('webhooks', 'Webhooks', section)}
          ${visit.caller && entry('account', visit.caller.user, section)}
        </ul>
        ${visit.caller ? logOut(visit) : logIn()}
      </nav>
    </div>
  </header>`;
}

function entry(target: Section, text: string, section: Section | undefined): Html {
  const isHere = target === section;
  return html`<li>
    <a href="${paths[target]}" ${isHere && html`aria-current="page"`}>${text}</a>
  </li>`;
}

function logIn(): Html {
  return html`<a class="button small" href="${paths.login}">Log in</a>`;
}

function logOut({ formToken }: Visit): Html {
  return html`<form action="${paths.logout}" method="post">
    <input type="hidden" name="${tokenField}" value="${formToken}" />
    <button class="small" type="submit">Log out</button>
  </form>`;
}

function footer(): Html {
  return html`<footer class="foot">
    <p>
      One port, every protocol. For programs: <a href="/api/v1/openapi.json">the API</a>,
      <a href="/health">health</a>.
    </p>
  </footer>`;
}
