import { loadFiles } from '../graph/testing/memory-workspace';
import { endpointsFor } from '../configuration/registry-target';
import type { PublishUnit } from '../plan/publish-unit';
import { preflight, type PreflightScope } from './preflight';
import { missingTools, programsFor } from './tools';

const model = loadFiles({
  'a/package.json': '{ "name": "a", "version": "1.0.0" }',
  'b/Cargo.toml': '[package]\nname = "b"\nversion = "1.0.0"\n',
  'c/Cargo.toml':
    '[package]\nname = "c"\nversion = "1.0.0"\n[dependencies]\nd = { path = "../d", version = "1" }\n',
  'd/Cargo.toml': '[package]\nname = "d"\nversion = "1.0.0"\npublish = false\n',
});
const before = { ...process.env };

beforeEach(() => {
  for (const name of Object.keys(process.env))
    if (/TOKEN|FORGE_|API_KEY/.test(name)) delete process.env[name];
});
afterEach(() => void Object.assign(process.env, before));

function units(registry: PreflightScope['registry'], ...names: string[]): PublishUnit[] {
  return model.packages
    .filter(({ manifest }) => names.includes(manifest.name))
    .map((node) => ({
      node,
      version: '1.0.0',
      artifacts: [],
      endpoints: endpointsFor(node.ecosystem, registry),
      planned: false,
    }));
}

function problems(names: string[], scope: Partial<PreflightScope> = {}) {
  const registry = scope.registry ?? { registry: 'http://127.0.0.1:4874' };
  return preflight({
    model,
    units: units(registry, ...names),
    registry,
    changedFiles: [],
    ...scope,
  });
}

const codes = (...args: Parameters<typeof problems>) => problems(...args).map(({ code }) => code);

describe('before the first upload', () => {
  it('nothing is asked for when nothing is uploaded', () => {
    expect(codes([], { changedFiles: ['a'] })).toEqual([]);
  });

  it('a server of all protocols needs its one token (FORGE-C002)', () => {
    expect(problems(['a', 'b']).map(({ code, fix }) => [code, fix])).toEqual([
      ['FORGE-C002', 'set `FORGE_TOKEN`'],
      ['FORGE-C002', 'set `FORGE_TOKEN`'],
    ]);
    process.env['FORGE_TOKEN'] = 'secret';
    expect(codes(['a', 'b'])).toEqual([]);
  });

  it('a public registry needs its own token, and the message says where to get one', () => {
    process.env['FORGE_TOKEN'] = 'not for the public';
    const [problem] = problems(['a'], { registry: {} });
    expect(problem).toMatchObject({
      code: 'FORGE-C002',
      what: expect.stringContaining('`npm:a@1.0.0`'),
      fix: expect.stringMatching(/`NODE_AUTH_TOKEN`.*; get one at https:/),
    });
  });

  it('the tree is clean (FORGE-C003), and of many files the first ten are named', () => {
    process.env['FORGE_TOKEN'] = 'secret';
    const changedFiles = Array.from({ length: 12 }, (_, index) => `src/${index}`);
    const [problem] = problems(['a'], { changedFiles });
    expect(problem).toMatchObject({
      code: 'FORGE-C003',
      what: expect.stringMatching(/`src\/9` and 2 more$/),
    });
  });

  it('a package that names a registry of its own never goes to the public one (FORGE-C004)', () => {
    const manifest = (registry: string): string =>
      `{ "name": "a", "version": "1.0.0", "publishConfig": { "registry": "${registry}" } }`;
    const check = (registry: string, target: PreflightScope['registry']): string[] => {
      const workspace = loadFiles({ 'a/package.json': manifest(registry) });
      const [node] = workspace.packages as [PublishUnit['node']];
      const endpoints = endpointsFor(node.ecosystem, target);
      const unit = { ...units(target, 'a')[0]!, node, endpoints };
      return codes([], { model: workspace, units: [unit], registry: target });
    };
    process.env['FORGE_TOKEN'] = process.env['NPM_TOKEN'] = 'secret';
    const [node] = model.packages as [PublishUnit['node']];
    const [publicRegistry = ''] = Object.values(node.ecosystem.publicEndpoints);
    const loopback = { registry: 'http://127.0.0.1:4874' };
    expect(check('https://packages.example.invalid/', {})).toEqual(['FORGE-C004']);
    expect(check('https://packages.example.invalid/', loopback)).toEqual([]);
    expect(check(`${publicRegistry}/`, {})).toEqual([]);
  });

  it('uploads that wait for each other are refused (FORGE-G002)', () => {
    process.env['FORGE_TOKEN'] = 'secret';
    const circle = (name: string, other: string): string =>
      `{ "name": "${name}", "version": "1.0.0", "dependencies": { "${other}": "^1.0.0" } }`;
    const ring = loadFiles({
      'e/package.json': circle('e', 'f'),
      'f/package.json': circle('f', 'e'),
    });
    const both = ring.packages.map((node) => ({ ...units({}, 'a')[0]!, node }));
    const scope = {
      model: ring,
      registry: { registry: 'http://127.0.0.1:4874' },
      changedFiles: [],
    };
    expect(preflight({ ...scope, units: both }).map(({ code }) => code)).toEqual(['FORGE-G002']);
    expect(preflight({ ...scope, units: both.slice(0, 1) })).toEqual([]);
  });

  it('all problems are told at once', () => {
    expect(codes(['a', 'c'], { changedFiles: ['a/package.json'] })).toEqual([
      'FORGE-G004',
      'FORGE-C003',
      'FORGE-C002',
      'FORGE-C002',
    ]);
  });
});

describe('the tools of a package', () => {
  const [node] = model.packages;
  const need = { name: 'the forge', anyOf: ['anvil', 'hammer'], hint: 'ask the smith' };
  const find = (there: readonly string[]) => (program: string) =>
    there.includes(program) ? `/bin/${program}` : undefined;

  it('are there when one of the alternatives is', () => {
    expect(missingTools([need], [node!], find(['hammer']))).toEqual([]);
    expect(programsFor([need], find(['hammer']))).toEqual({ hammer: '/bin/hammer' });
  });

  it('are missed by name, with the packages that need them (FORGE-A001)', () => {
    expect(missingTools([need], [node!], find([]))).toMatchObject([
      {
        code: 'FORGE-A001',
        what: 'the forge is not on PATH (looked for `anvil`, `hammer`); needed by `a`',
        fix: 'ask the smith',
      },
    ]);
  });

  it('are looked for before the upload', () => {
    process.env['FORGE_TOKEN'] = 'secret';
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    const found = codes(['b']);
    process.env['PATH'] = path;
    expect(found).toEqual(['FORGE-A001']);
  });
});
