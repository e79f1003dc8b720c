import { endpointsFor } from '../configuration/registry-target';
import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { lackingFields } from './lacking-fields';

const crate = '[package]\nname = "bare"\nversion = "1.0.0"\n';
const files = {
  'bare/Cargo.toml': crate,
  'full/Cargo.toml': `${crate.replace('bare', 'full')}description = "Words"\nlicense = "MIT"\n`,
  'js/package.json': '{ "name": "js", "version": "1.0.0" }',
};
const { packages } = loadFiles(files);

function found(registry?: string) {
  delete process.env['FORGE_REGISTRY'];
  const units = packages.map((node) => ({
    ...{ node, version: '1.0.0', artifacts: [], planned: true },
    endpoints: endpointsFor(node.ecosystem, registry === undefined ? {} : { registry }),
  }));
  return lackingFields(units, memoryReader(files));
}

it('what a public registry demands stops a release, with the place and what to write (FORGE-P021)', () => {
  const { problems, warnings } = found();
  expect(warnings).toEqual([]);
  expect(problems).toMatchObject([
    {
      code: 'FORGE-P021',
      what: '`bare` has no `description`, and crates.io takes no package without',
      where: { file: 'bare/Cargo.toml', line: 2 },
      fix: expect.stringMatching(/^add `description`/),
    },
    { code: 'FORGE-P021', what: expect.stringContaining('no `license` or `license-file`,') },
  ]);
});

it('another registry may take it: a warning', () => {
  const { problems, warnings } = found('http://127.0.0.1:4874');
  expect(problems).toEqual([]);
  expect(warnings?.map(({ code }) => code)).toEqual(['FORGE-P021', 'FORGE-P021']);
});
