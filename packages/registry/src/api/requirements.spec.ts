import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../../../..');
const text = readFileSync(path.join(root, 'docs/REGISTRY-REQUIREMENTS.md'), 'utf8');

/** The rows of the tables: an id, and the tests that are named for it. */
const rows = [...text.matchAll(/^\| ([PEAT]-\d+[a-d]?)\s*\|[^|]*\|(.*)\|$/gm)].map(
  ([, id = '', cell = '']) => ({
    id,
    tests: [...cell.matchAll(/`([\w./-]+\.spec\.ts)`(?: “([^”]+)”)?/g)].map(
      ([, file = '', name]) => ({
        file: file.startsWith('e2e/') ? file : `packages/registry/src/${file}`,
        name,
      }),
    ),
  }),
);

const numbers = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}-${String(index + 1).padStart(2, '0')}`);

it('names every requirement, each with a test', () => {
  const named = new Set(rows.map(({ id }) => id.replace(/[a-d]$/, '')));
  expect([...named]).toEqual([
    ...numbers('P', 10),
    ...numbers('E', 33),
    ...['A-02', 'A-03', 'T-49', 'T-67'],
  ]);
  const unshown = rows.filter(({ tests }) => !tests.some(({ name }) => name !== undefined));
  expect(unshown.map(({ id }) => id)).toEqual([]);
});

it.each(rows)('the tests for $id are there', ({ tests }) => {
  for (const { file, name } of tests) {
    expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
    const source = readFileSync(path.join(root, file), 'utf8');
    // As it stands in the source: a name may be cut into a table of cases, never into two lines.
    if (name !== undefined) expect([file, name, source.includes(name)]).toEqual([file, name, true]);
  }
});
