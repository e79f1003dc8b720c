import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiRoute } from './route';
import { apiRoutes } from './routes';

const file = path.join(__dirname, '../../../../docs/REGISTRY-API.md');
const [begin, end] = [/<!-- routes: [^]*? -->\n/, '<!-- end of routes -->'];

/** Every route, by its tag; `UPDATE=1` writes the list anew. */
function listOf(routes: readonly ApiRoute[]): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))].sort();
  const sections = tags.map((tag) => {
    const lines = routes.filter((route) => route.tag === tag).map(lineOf);
    return `### ${tag.replace(/^./, (first) => first.toUpperCase())}\n\n${lines.join('\n')}\n`;
  });
  return `\n${sections.join('\n')}\n`;
}

function lineOf({ method, path: address, access, permission = 'read', summary }: ApiRoute): string {
  const shown = address.replace(/:(\w+)/g, (_, name: string) => name.toUpperCase());
  const who = access === 'public' ? 'everybody' : `${access}, \`${permission}\``;
  return `- \`${method} ${shown}\` (${who}): ${summary}.`;
}

it('lists every route of the API, and no other', () => {
  const text = readFileSync(file, 'utf8');
  const start = begin.exec(text);
  if (!start) throw new Error('the document has no place for the list');
  const from = start.index + start[0].length;
  const to = text.indexOf(end);
  const list = listOf(apiRoutes);
  if (process.env['UPDATE'] === '1')
    writeFileSync(file, text.slice(0, from) + list + text.slice(to));
  expect(readFileSync(file, 'utf8').slice(from, from + list.length)).toBe(list);
  expect(readFileSync(file, 'utf8').slice(from + list.length)).toMatch(new RegExp(`^${end}`));
});
