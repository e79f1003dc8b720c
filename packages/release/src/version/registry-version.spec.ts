import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { liveVersions } from './registry-version';

const paths: string[] = [];
/** What whoever asks has to show; empty where everybody may ask. */
let wanted = '';
const server = createServer(({ url = '', headers }, response) => {
  paths.push(url);
  if (wanted !== '' && headers.authorization !== wanted) {
    response.writeHead(401).end('{}');
    return;
  }
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
  for (const name of ['FORGE_REGISTRY', 'NPM_TOKEN', 'NODE_AUTH_TOKEN']) delete process.env[name];
  paths.length = 0;
  wanted = '';
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

it('is asked for with the token that publishes, where strangers are told nothing', async () => {
  wanted = 'Bearer token-of-own';
  const publishConfig = { registry: `${base}/npm/` };
  const manifest = JSON.stringify({ name: 'own', version: '1.0.0', publishConfig });
  const files = { 'own/package.json': manifest };
  expect(await live(files)).toEqual([undefined]);
  const npmrc = `//${base.replace('http://', '')}/npm/:_authToken=token-of-own\n`;
  const home = mkdtempSync(join(tmpdir(), 'forge-home-'));
  writeFileSync(join(home, '.npmrc'), npmrc);
  const before = process.env['npm_config_userconfig'];
  process.env['npm_config_userconfig'] = join(home, '.npmrc');
  try {
    expect(await live(files)).toEqual(['1.10.0']);
  } finally {
    if (before === undefined) delete process.env['npm_config_userconfig'];
    else process.env['npm_config_userconfig'] = before;
    rmSync(home, { recursive: true });
  }
});

it('is unknown where nobody knows that registry, and no other one is asked', async () => {
  const manifest = '[package]\nname = "own"\nversion = "1.0.0"\npublish = ["nobody-knows"]\n';
  expect(await live({ 'own/Cargo.toml': manifest })).toEqual([undefined]);
});
