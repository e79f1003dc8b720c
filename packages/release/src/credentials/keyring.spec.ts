import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import { endpointsOf, type RegistryOptions } from '../configuration/registry-target';
import { loadFiles } from '../graph/testing/memory-workspace';
import type { PublishUnit } from '../plan/publish-unit';
import { withDestinations } from './destinations';
import { createKeyring } from './keyring';
import { portsOf, type MemoryPorts } from './testing/memory-ports';
import { memoryReader, type Files } from '../graph/testing/memory-workspace';

const files: Files = {
  'web/package.json': '{ "name": "web", "version": "1.0.0" }',
  'own/package.json':
    '{ "name": "own", "version": "1.0.0", "publishConfig": { "registry": "https://packages.example/npm" } }',
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.0.0"\n',
  'gem/a.gemspec': 'Gem::Specification.new { |s| s.name = "a"; s.version = "1.0.0" }\n',
};

interface Case {
  readonly names: readonly string[];
  readonly ports: MemoryPorts;
  readonly registry?: RegistryOptions;
  readonly helper?: { readonly argv: readonly string[]; readonly timeoutMs: number };
  readonly dryRun?: boolean;
}

async function open({ names, ports, registry = {}, helper, dryRun = false }: Case) {
  const model = loadFiles(files);
  const workspace = { root: '/w', model, reader: memoryReader(files) };
  const target = await withDestinations(registry, workspace, ports);
  const units = model.packages
    .filter(({ manifest }) => names.includes(manifest.name))
    .map((node): PublishUnit => {
      const endpoints = endpointsOf(node, target);
      return { node, version: '1.0.0', artifacts: [], endpoints, planned: false };
    });
  const keyring = createKeyring(units, { root: '/w', registry: target, helper, ports, dryRun });
  return { units, keyring };
}

async function found(options: Case) {
  const { units, keyring } = await open(options);
  const results = await Promise.all(units.map((unit) => keyring.find(unit)));
  return results.map((result) =>
    result.ok ? result.value : result.problems.map(({ code, what, fix }) => ({ code, what, fix })),
  );
}

beforeEach(() => void delete process.env['FORGE_REGISTRY']);

describe('the token of a registry', () => {
  it.each(['NODE_AUTH_TOKEN', 'NPM_TOKEN'])(
    'is taken from any of its names: %s',
    async (variable) => {
      const ports = portsOf({ env: { [variable]: ' abc\n' } });
      expect(await found({ names: ['web'], ports })).toEqual([
        { token: 'abc', source: { kind: 'environment', variable } },
      ]);
    },
  );

  it.each(['TWINE_PASSWORD', 'UV_PUBLISH_TOKEN', 'MATURIN_PYPI_TOKEN', 'PYPI_TOKEN'])(
    'of PyPI has its aliases: %s',
    async (variable) => {
      const model = loadFiles({ 'p/pyproject.toml': '[project]\nname = "p"\nversion = "1.0.0"\n' });
      const [node] = model.packages as [PublishUnit['node']];
      const endpoints = node.ecosystem.publicEndpoints;
      const unit = { node, version: '1.0.0', artifacts: [], endpoints, planned: false };
      const ports = portsOf({ env: { [variable]: 'abc' } });
      const keyring = createKeyring([unit], { root: '/w', registry: {}, ports, dryRun: false });
      expect(await keyring.find(unit)).toMatchObject({ value: { token: 'abc' } });
    },
  );

  it('stands in the files of the native tools, behind the environment', async () => {
    const text = '//registry.npmjs.org/:_authToken=from-file\n';
    const machine = { files: { '/home/ada/.npmrc': text } };
    expect(await found({ names: ['web'], ports: portsOf(machine) })).toEqual([
      { token: 'from-file', source: { kind: 'file', path: '/home/ada/.npmrc' } },
    ]);
    const both = portsOf({ ...machine, env: { NPM_TOKEN: 'from-env' } });
    expect(await found({ names: ['web'], ports: both })).toMatchObject([{ token: 'from-env' }]);
  });

  it('of a server of the run is its own, and never that of a public registry', async () => {
    const registry = { registry: 'http://127.0.0.1:4874' };
    const ports = portsOf({ env: { NPM_TOKEN: 'public', FORGE_TOKEN: 'own' } });
    expect(await found({ names: ['web', 'own'], ports, registry })).toMatchObject([
      { token: 'own' },
      { token: 'own' },
    ]);
    const without = portsOf({ env: { NPM_TOKEN: 'public' } });
    expect(await found({ names: ['web'], ports: without, registry })).toMatchObject([
      [{ code: 'FORGE-C002', fix: 'set `FORGE_TOKEN`' }],
    ]);
  });

  it('of a registry that a package names is not the one of the public registry, where both are used', async () => {
    const env = { NODE_AUTH_TOKEN: 'public' };
    const [own, web] = await found({ names: ['own', 'web'], ports: portsOf({ env }) });
    expect(web).toMatchObject({ token: 'public' });
    expect(own).toEqual([
      {
        code: 'FORGE-C002',
        what: 'no token for packages.example (publishConfig.registry): needed by `npm:own@1.0.0`',
        fix: 'set `NODE_AUTH_TOKEN_PACKAGES_EXAMPLE`',
      },
    ]);
    const named = { ...env, NODE_AUTH_TOKEN_PACKAGES_EXAMPLE: 'own' };
    expect(await found({ names: ['own', 'web'], ports: portsOf({ env: named }) })).toMatchObject([
      { token: 'own' },
      { token: 'public' },
    ]);
    // As its own tool would do it: there is no other place that the token could be for.
    expect(await found({ names: ['own'], ports: portsOf({ env }) })).toMatchObject([
      { token: 'public' },
    ]);
  });

  it('is missed for exactly what is uploaded, all registries at once, with where to get it (FORGE-C002)', async () => {
    const missing = await found({ names: ['web', 'core', 'a'], ports: portsOf({}) });
    expect(missing.flat()).toMatchObject([
      {
        what: expect.stringMatching(/crates\.io.*`cargo:core@1\.0\.0`/),
        fix: expect.stringMatching(/https:/),
      },
      { what: expect.stringContaining('`rubygems:a@1.0.0`'), fix: expect.stringMatching(/https:/) },
      { what: expect.stringContaining('`npm:web@1.0.0`'), fix: expect.stringMatching(/https:/) },
    ]);
    const one = await found({ names: ['a'], ports: portsOf({}) });
    expect(one.flat()).toMatchObject([{ fix: expect.stringContaining('`GEM_HOST_API_KEY`') }]);
  });
});

describe('trusted publishing', () => {
  const ci = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/id?v=1',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'ask',
  };
  const issuer =
    (status = 200) =>
    ({ url }: HttpRequest): HttpResponse => {
      const json = url.startsWith('http://127.0.0.1:9/') ? { value: 'jwt' } : { token: 'short' };
      const isToken = 'token' in json;
      const body = Buffer.from(JSON.stringify(json));
      return { status: isToken ? status : 200, headers: {}, body };
    };

  it('gives a token for the word of the CI system, again when it ends', async () => {
    const ports = portsOf({ env: ci, send: issuer() });
    const { units, keyring } = await open({ names: ['core'], ports });
    const [unit] = units as [PublishUnit];
    const first = await keyring.find(unit);
    expect(first).toMatchObject({ value: { token: 'short', source: { kind: 'exchange' } } });
    await keyring.find(unit);
    expect(ports.log).toEqual([
      'GET http://127.0.0.1:9/id?v=1&audience=crates.io',
      'PUT https://crates.io/api/v1/trusted_publishing/tokens',
    ]);
    ports.pass(60 * 60_000);
    await keyring.find(unit);
    expect(ports.log).toHaveLength(4);
  });

  it('takes the token that GitLab leaves in a variable', async () => {
    const ports = portsOf({ env: { NPM_ID_TOKEN: 'jwt' }, send: issuer() });
    expect(await found({ names: ['web'], ports })).toMatchObject([{ token: 'short' }]);
    expect(ports.log).toEqual([expect.stringContaining('/oidc/token/exchange/package/web')]);
  });

  it('is told when the registry does not take the word (FORGE-C017)', async () => {
    const ports = portsOf({ env: ci, send: issuer(422) });
    expect(await found({ names: ['core'], ports })).toMatchObject([
      [{ code: 'FORGE-C017', what: expect.stringMatching(/`core`: it answers 422/) }],
    ]);
  });

  it('makes no token in a dry run', async () => {
    const ports = portsOf({ env: ci, send: issuer() });
    expect(await found({ names: ['core'], ports, dryRun: true })).toMatchObject([{ token: '' }]);
    expect(ports.log).toEqual([expect.stringMatching(/^GET/)]);
  });
});

describe('a helper', () => {
  const helper = { argv: ['vault', 'forge'], timeoutMs: 30_000 };
  const answering = (stdout: string, exitCode: number | undefined = 0) =>
    portsOf({ help: () => ({ exitCode, stdout, stderr: 'why\nbecause' }) });

  it('is asked last, once per registry, with the packages that need the token', async () => {
    const ports = answering('{"token":"t","username":"ada"}');
    expect(await found({ names: ['core', 'web'], ports, helper })).toMatchObject([
      { token: 't', username: 'ada', source: { kind: 'helper', program: 'vault' } },
      { token: 't' },
    ]);
    expect(ports.log).toEqual([
      expect.stringMatching(
        /^vault forge < .*"registry":"https:\/\/index.crates.io","packages":\["core"\]/,
      ),
      expect.stringMatching(/"packages":\["web"\]/),
    ]);
  });

  it('may not know a registry', async () => {
    expect(await found({ names: ['web'], ports: answering('{}'), helper })).toMatchObject([
      [{ code: 'FORGE-C002' }],
    ]);
  });

  it.each([
    ['fails', answering('secret', 3), 'ends with 3: because'],
    ['answers no JSON', answering('secret'), 'answers no JSON object'],
    ['answers a list', answering('["secret"]'), 'answers no JSON object'],
    ['answers no text', answering('{"token":1}'), 'answers no JSON object'],
  ])(
    'that %s is a problem (FORGE-C016), which shows nothing of its answer',
    async (_, ports, what) => {
      const [problems] = await found({ names: ['web'], ports, helper });
      expect(problems).toMatchObject([{ code: 'FORGE-C016', what: expect.stringContaining(what) }]);
      expect(JSON.stringify(problems)).not.toContain('secret');
    },
  );

  it('is stopped after its time', async () => {
    const ports = {
      ...portsOf({}),
      help: async () => ({ exitCode: undefined, stdout: '', stderr: '' }),
    };
    expect(await found({ names: ['web'], ports, helper })).toMatchObject([
      [{ code: 'FORGE-C016', what: expect.stringContaining('has no answer after 30 s') }],
    ]);
  });
});
