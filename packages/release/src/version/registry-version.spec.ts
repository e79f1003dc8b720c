import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { liveVersions } from './registry-version';

const paths: string[] = [];
const server = createServer(({ url = '' }, response) => {
  paths.push(url);
  response.setHeader('content-type', 'application/json');
  response.end('{ "name": "own", "versions": { "1.2.0": {}, "1.10.0": {} } }');
});
let base: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  delete process.env['FORGE_REGISTRY'];
  paths.length = 0;
});

function live(files: Readonly<Record<string, string>>) {
  const model = loadFiles(files);
  const workspace = { root: '/nowhere', model, reader: memoryReader(files) };
  return Promise.all(model.packages.map(liveVersions(workspace, {})));
}

it('is that of the registry which the package names', async () => {
  const publishConfig = { registry: `${base}/npm/` };
  const manifest = JSON.stringify({ name: 'own', version: '1.0.0', publishConfig });
  expect(await live({ 'own/package.json': manifest })).toEqual(['1.10.0']);
  expect(paths).toEqual(['/npm/own']);
});

it('is unknown where nobody knows that registry, and no other one is asked', async () => {
  const manifest = '[package]\nname = "own"\nversion = "1.0.0"\npublish = ["nobody-knows"]\n';
  expect(await live({ 'own/Cargo.toml': manifest })).toEqual([undefined]);
});
