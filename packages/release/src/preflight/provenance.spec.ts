import { endpointsFor, type RegistryOptions } from '../configuration/registry-target';
import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { provenanceProblems, takesProvenance, type ProvenanceContext } from './provenance';

const files = {
  'a/package.json':
    '{ "name": "a", "version": "1.0.0", "repository": "https://git.example/team/a" }',
  'b/package.json': '{ "name": "@team/b", "version": "1.0.0" }',
  'c/Cargo.toml': '[package]\nname = "c"\nversion = "1.0.0"\n',
};
const { packages } = loadFiles(files);

const ci = {
  GITHUB_ACTIONS: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's3cret',
};

const unitsFor = (registry: RegistryOptions) =>
  packages.map((node) => ({
    ...{ node, version: '1.0.0', artifacts: [], planned: true },
    endpoints: endpointsFor(node.ecosystem, registry),
  }));

const asked: string[] = [];
async function problems(more: Partial<ProvenanceContext> = {}, registry: RegistryOptions = {}) {
  asked.length = 0;
  const ask = async (program: string): Promise<string> => {
    asked.push(program);
    return '11.5.1\n';
  };
  const context = { env: ci, reader: memoryReader(files), ask, ...more };
  return provenanceProblems(unitsFor(registry), context);
}

beforeEach(() => void delete process.env['FORGE_REGISTRY']);

it('is a matter of registries that take statements; no other one is asked for anything', async () => {
  expect(unitsFor({}).map(takesProvenance)).toEqual(
    packages.map(({ manifest }) => manifest.name !== 'c'),
  );
  const elsewhere = await problems({ env: {} }, { registry: 'http://127.0.0.1:4874' });
  expect([elsewhere, asked]).toEqual([[], []]);
});

it('needs a CI system that vouches, for all packages at once (FORGE-C065)', async () => {
  const found = await problems({ env: {}, access: 'public' });
  expect(found.filter(({ code }) => code === 'FORGE-C065')).toMatchObject([
    {
      what: expect.stringMatching(/`npm:a@1.0.0`, `npm:@team\/b@1.0.0` is built: this is no job/),
      fix: 'release there, or without `provenance`',
    },
  ]);
  expect(JSON.stringify(await problems())).not.toMatch(/C065|s3cret/);
});

it('needs a tool that can make them (FORGE-C024); one that is missing is told elsewhere', async () => {
  const codes = async (ask: ProvenanceContext['ask']) =>
    (await problems({ ...(ask ? { ask } : {}) })).filter(({ code }) => code === 'FORGE-C024');
  expect(await codes(async () => '10.9.2\n')).toMatchObject([
    {
      what: 'npm 10.9.2 is older than 11.5.1, and makes no statement of provenance',
      fix: 'install npm 11.5.1 or newer',
    },
  ]);
  expect(await codes(async () => '11.5.1')).toEqual([]);
  expect(await codes(async () => undefined)).toEqual([]);
});

it('needs manifests that say where they are from and that all may see it (FORGE-C066)', async () => {
  expect(await problems()).toMatchObject([
    {
      code: 'FORGE-C066',
      what: '`@team/b` needs `repository` for a statement of provenance',
      where: { file: 'b/package.json', line: 1 },
      fix: expect.stringContaining('"repository"'),
    },
    { code: 'FORGE-C066', what: expect.stringContaining('`publishConfig.access`') },
  ]);
  expect(await problems({ access: 'public' })).toHaveLength(1);
});
