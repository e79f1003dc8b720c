import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../packages/ecosystems/src/errors/catalogue';
import type { SourceFile } from './sources';

/** Each code has an anchor and a heading in docs/ERRORS.md, is used, and stands in a test. */
export function checkErrorDocs(root: string, sources: readonly SourceFile[]): string[] {
  const path = join(root, 'docs/ERRORS.md');
  const docs = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const within = (isTest: boolean): string =>
    sources
      .filter((source) => source.isTest === isTest && !source.path.includes('/errors/catalogue/'))
      .map(({ text }) => text)
      .join('\n');
  const [code, tests] = [within(false), within(true)];
  return Object.entries(catalogue).flatMap(([each, { title }]) => [
    ...(docs.includes(`\n## ${each} ${title}\n`)
      ? []
      : [`${each} has no paragraph with its title in docs/ERRORS.md`]),
    ...(docs.includes(`<a id="${each.toLowerCase()}">`)
      ? []
      : [`${each} has no anchor in docs/ERRORS.md, and messages link to it`]),
    ...(code.includes(`'${each}'`) ? [] : [`${each} is never reported`]),
    ...(tests.includes(each) ? [] : [`${each} is provoked by no test`]),
  ]);
}
