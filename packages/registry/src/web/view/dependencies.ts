import type { DescribedDependency, Ecosystem } from '@forge/ecosystems';
import { html, type Html } from '../html';
import { paths } from '../paths';

const kinds: Readonly<Record<DescribedDependency['kind'], string>> = {
  runtime: '',
  build: 'to build',
  dev: 'to develop',
  peer: 'beside it',
  optional: 'optional',
};

/** What a version needs of its own ecosystem. */
export function dependencyList(
  { id }: Ecosystem,
  dependencies: readonly DescribedDependency[],
): Html | undefined {
  if (dependencies.length === 0) return undefined;
  return html`<section class="panel" aria-labelledby="dependencies">
    <h2 id="dependencies">Dependencies</h2>
    <ul class="dependencies">
      ${dependencies.map(
        ({ name, requirement, kind }) =>
          html`<li>
            <a href="${paths.package({ ecosystem: id, name })}">${name}</a>
            <code>${requirement || 'any version'}</code>
            ${kinds[kind] && html`<span class="tag">${kinds[kind]}</span>`}
          </li>`,
      )}
    </ul>
  </section>`;
}
