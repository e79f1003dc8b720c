import { ForgeError } from '@forge/ecosystems';
import { loadFiles, memoryReader, type Files } from '../graph/testing/memory-workspace';
import { withDestinations } from './destinations';
import { portsOf } from './testing/memory-ports';

const secret = 'swordfish';
const files: Files = {
  'own/package.json': `{ "name": "own", "version": "1.0.0", "publishConfig": { "registry": "https://ada:${secret}@packages.example/npm" } }`,
  'scoped/package.json': '{ "name": "@team/scoped", "version": "1.0.0" }',
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.0.0"\npublish = ["team"]\n',
  'web/package.json': '{ "name": "web", "version": "1.0.0" }',
};
const settings = {
  '/home/ada/.npmrc': `@team:registry=https://${secret}@packages.example/npm/\n`,
  '/home/ada/.cargo/config.toml': `[registries.team]\nindex = "sparse+https://ada:${secret}@crates.example/index/"\n`,
};

const workspace = { root: '/w', model: loadFiles(files), reader: memoryReader(files) };

beforeEach(() => void delete process.env['FORGE_REGISTRY']);

it('addresses with credentials in them are used by nobody and told without them (FORGE-C025)', async () => {
  const ports = portsOf({ files: settings });
  const { destinations } = await withDestinations({}, workspace, ports);
  const told = workspace.model.packages.map((node) => {
    const problems = destinations.problemsOf(node).map((problem) => problem.render());
    expect(destinations.of(node)).toBeUndefined();
    return [node.manifest.name, problems.join()];
  });
  expect(Object.fromEntries(told)).toEqual({
    own: expect.stringMatching(/C025.*`packages\.example` has .*\(publishConfig\.registry\)/),
    '@team/scoped': expect.stringMatching(/C025.*`@team:registry` in `\/home\/ada\/\.npmrc`/),
    core: expect.stringMatching(/C025.*`crates\.example` has .*\(`publish = \["team"\]`\)/),
    web: '',
  });
  expect(JSON.stringify(told)).not.toContain(secret);
  expect(ports.log).toEqual([]);
});

it.each([
  `https://ada:${secret}@packages.example`,
  `https://${secret}@packages.example`,
  `packages.example/${secret}`,
  `file:///packages/${secret}`,
])('nor is one that is given for a run: %s', async (registry) => {
  const problem = await withDestinations({ registry }, workspace, portsOf({})).catch(
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(ForgeError);
  expect(problem).toMatchObject({ code: 'FORGE-C025' });
  expect((problem as ForgeError).render()).not.toContain(secret);
});
