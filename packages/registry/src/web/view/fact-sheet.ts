import type { Description, StoredPackage } from '@forge/ecosystems';
import type { DownloadCounts } from '../../store';
import { formatCount } from '../format';
import { html, type Html } from '../html';
import { paths, withQuery } from '../paths';
import { foreignLink } from './labels';

interface Usage {
  readonly downloads: DownloadCounts;
  readonly dependents: number;
}

/** What is said of a package, term by term; what nobody says is left out. */
export function factSheet(
  { owners, tags }: StoredPackage,
  { license, homepage, repository, keywords }: Description,
  { downloads, dependents }: Usage,
): Html {
  const isElsewhere = repository !== '' && repository !== homepage;
  return html`<dl class="facts">
    ${fact('Owners', owners.length > 0 && owners.join(', '))} ${fact('License', license)}
    ${fact('Homepage', homepage !== '' && foreignLink(homepage))}
    ${fact('Repository', isElsewhere && foreignLink(repository))}
    ${fact('Downloads', numbers(downloads))}
    ${fact('Needed by', dependents > 0 && `${formatCount(dependents)} here`)}
    ${fact('Tags', Object.keys(tags).length > 0 && tagList(tags))}
    ${fact('Keywords', keywords.length > 0 && keywordList(keywords))}
  </dl>`;
}

function fact(term: string, said: Html | string | false): Html | undefined {
  if (said === false || said === '') return undefined;
  return html`<div>
    <dt>${term}</dt>
    <dd>${said}</dd>
  </div>`;
}

function numbers({ total, week }: DownloadCounts): string {
  return week === total
    ? formatCount(total)
    : `${formatCount(total)}, ${formatCount(week)} of them this week`;
}

function tagList(tags: StoredPackage['tags']): Html {
  return html`<ul class="plain">
    ${Object.entries(tags).map(([tag, version]) => html`<li>${tag} <code>${version}</code></li>`)}
  </ul>`;
}

function keywordList(keywords: readonly string[]): Html {
  return html`<ul class="words">
    ${keywords.map(
      (each) => html`<li><a href="${withQuery(paths.packages, { q: each })}">${each}</a></li>`,
    )}
  </ul>`;
}
