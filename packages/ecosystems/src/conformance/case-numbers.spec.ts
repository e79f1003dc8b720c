import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases } from '../testing/cases';

const file = join(__dirname, '../../CASES.md');
const highest = 113;

/** What is no matter of one format is held by tests of the edit model. */
const model: Readonly<Record<number, readonly string[]>> = {
  107: ['edit/change-manifest.spec.ts', 'release: effects/replace-files.spec.ts'],
  108: ['text/splice.spec.ts'],
  109: ['release: effects/replace-files.spec.ts'],
  110: ['conformance/model.spec.ts'],
  111: ['release: effects/replace-files.spec.ts'],
  112: ['conformance/model.spec.ts'],
  113: ['conformance/manifests.spec.ts', 'release: graph/broken-manifests.spec.ts'],
};

function row(number: number): string {
  const places = [
    ...cases
      .filter(({ numbers }) => numbers.includes(number))
      .map(({ folder, says }) => `[${says}](src/${folder})`),
    ...(model[number] ?? []).map((spec) => `\`${spec}\``),
  ];
  return `| ${number} | ${places.join('<br>')} |`;
}

const numbers = Array.from({ length: highest }, (_, index) => index + 1);
const table = `# Acceptance cases

Every case of the edit model and the fixture trees or tests that hold it. Written by
\`UPDATE=1 npx jest --selectProjects ecosystems --testPathPatterns case-numbers\`.

| case | held by |
| ---: | ------- |
${numbers.map(row).join('\n')}
`;

describe('the list of acceptance cases', () => {
  it('has something to show for each', () => {
    const held = new Set([
      ...cases.flatMap(({ numbers: own }) => own),
      ...Object.keys(model).map(Number),
    ]);
    expect(numbers.filter((number) => !held.has(number))).toEqual([]);
  });

  it('is the one that is written down', () => {
    if (process.env['UPDATE']) writeFileSync(file, table);
    expect(readFileSync(file, 'utf8')).toBe(table);
  });
});
