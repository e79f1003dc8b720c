import { toy } from '../../../ecosystems/src/testing/toy';
import type { Artifact, Endpoints, HttpRequest, HttpResponse } from '@forge/ecosystems';
import { endpointsFor, type RegistryOptions } from '../configuration/registry-target';
import { createKeyring } from '../credentials/keyring';
import { portsOf } from '../credentials/testing/memory-ports';
import type { Surroundings } from '../effects/surroundings';
import * as versions from '../effects/ask-version';
import { loadFiles } from '../graph/testing/memory-workspace';
import type { PublishUnit } from '../plan/publish-unit';
import { preflight, type PreflightScope } from './preflight';
import type { PreflightReport } from './report';
import { missingTools, programsFor } from './tools';

const model = loadFiles({
  'a/package.json': '{ "name": "a", "version": "1.0.0" }',
  'b/Cargo.toml': '[package]\nname = "b"\nversion = "1.0.0"\n',
  'c/Cargo.toml':
    '[package]\nname = "c"\nversion = "1.0.0"\n[dependencies]\nd = { path = "../d", version = "1" }\n',
  'd/Cargo.toml': '[package]\nname = "d"\nversion = "1.0.0"\npublish = false\n',
});
const own: RegistryOptions = { registry: 'http://127.0.0.1:4874' };
const calm: Surroundings = {
  ...{ changedFiles: [], branch: 'main', defaultBranch: 'main', tags: new Set<string>(), room: {} },
};

function unitOf(node: PublishUnit['node'], registry: RegistryOptions): PublishUnit {
  const endpoints = endpointsFor(node.ecosystem, registry);
  return { node, version: '1.0.0', artifacts: [], endpoints, planned: false };
}

function units(registry: RegistryOptions, ...names: string[]): PublishUnit[] {
  return model.packages
    .filter(({ manifest }) => names.includes(manifest.name))
    .map((node) => unitOf(node, registry));
}

interface Case extends Partial<Omit<PreflightScope, 'ports'>> {
  readonly env?: Readonly<Record<string, string>>;
}

/** By default nothing is set, nothing is in the way, and no registry has a question for tokens. */
async function report(
  names: string[],
  { env = {}, ...scope }: Case = {},
): Promise<PreflightReport> {
  const registry = scope.registry ?? own;
  const all = scope.units ?? units(registry, ...names);
  const ports = portsOf({ env });
  return preflight({
    ...{ model, units: all, registry, ports, surroundings: calm },
    keyring: createKeyring(all, { root: '/w', registry, ports, dryRun: false }),
    ask: async () => answer(404),
    ...scope,
  });
}

function answer(status: number, json: unknown = {}): HttpResponse {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(json)) };
}

const codes = async (...args: Parameters<typeof report>): Promise<string[]> =>
  (await report(...args)).problems.map(({ code }) => code);
const env = { FORGE_TOKEN: 'secret' };

beforeEach(() => void delete process.env['FORGE_REGISTRY']);

describe('before the first upload', () => {
  it('nothing is asked for when nothing is uploaded', async () => {
    expect(await codes([], { surroundings: { ...calm, changedFiles: ['a'] } })).toEqual([]);
  });

  it('a server of all protocols needs its one token (FORGE-C002)', async () => {
    const { problems } = await report(['a', 'b']);
    expect(problems.map(({ code, fix }) => [code, fix])).toEqual([
      ['FORGE-C002', 'set `FORGE_TOKEN`'],
      ['FORGE-C002', 'set `FORGE_TOKEN`'],
    ]);
    expect(await codes(['a', 'b'], { env })).toEqual([]);
  });

  it.each([
    ['a version that is there before it is built', { planned: true }, ['FORGE-P022']],
    ['another one', { planned: true, version: '1.0.1' }, []],
    ['one that this release does not make', { planned: false }, []],
    ['one that is packed', { planned: true, artifacts: [{} as Artifact] }, []],
  ])('tells of %s, and goes on', async (_, more, expected) => {
    const packument = { name: 'a', versions: { '0.9.0': {}, '1.0.0': {} } };
    const ask = async (request: HttpRequest) =>
      request.url.endsWith('/npm/a') ? answer(200, packument) : answer(404);
    const all = units(own, 'a').map((unit) => ({ ...unit, ...more }));
    const { problems, warnings } = await report([], { env, ask, units: all });
    expect(problems.filter(({ code }) => code !== 'FORGE-A005')).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(expected);
    if (warnings[0])
      expect(warnings[0].what).toMatch(/^`npm:a@1\.0\.0` is at npmjs\.com .* before /);
  });

  it('a public registry needs its own token, and the message says where to get one', async () => {
    const { problems } = await report(['a'], { registry: {}, env });
    expect(problems).toMatchObject([
      {
        code: 'FORGE-C002',
        what: expect.stringContaining('`npm:a@1.0.0`'),
        fix: expect.stringMatching(/`NODE_AUTH_TOKEN`.*; get one at https:/),
      },
    ]);
  });

  it('the tree is clean (FORGE-C003), and of many files the first ten are named', async () => {
    const changedFiles = Array.from({ length: 12 }, (_, index) => `src/${index}`);
    const { problems } = await report(['a'], { env, surroundings: { ...calm, changedFiles } });
    expect(problems).toMatchObject([
      { code: 'FORGE-C003', what: expect.stringMatching(/`src\/9` and 2 more$/) },
    ]);
  });

  it('a package that cannot go where it says is refused (FORGE-C004)', async () => {
    const [node] = model.packages as [PublishUnit['node']];
    const problem = { code: 'FORGE-C004' } as PreflightReport['problems'][number];
    const destinations = {
      of: () => undefined,
      problemsOf: (each: PublishUnit['node']) => (each === node ? [problem] : []),
    };
    const registry = { ...own, destinations };
    expect(await codes([node.manifest.name], { env, registry })).toEqual(['FORGE-C004']);
    expect(await codes(['b'], { env, registry })).toEqual([]);
  });

  it('uploads that wait for each other are refused (FORGE-G002)', async () => {
    const circle = (name: string, other: string): string =>
      `{ "name": "${name}", "version": "1.0.0", "dependencies": { "${other}": "^1.0.0" } }`;
    const ring = loadFiles({
      'e/package.json': circle('e', 'f'),
      'f/package.json': circle('f', 'e'),
    });
    const both = ring.packages.map((node) => unitOf(node, own));
    expect(await codes([], { env, model: ring, units: both })).toEqual(['FORGE-G002']);
    expect(await codes([], { env, model: ring, units: both.slice(0, 1) })).toEqual([]);
  });

  it('no artifact is one that the registry refuses anyway (FORGE-A005)', async () => {
    const registry: RegistryOptions = {};
    const large = { filename: 'b-1.0.0.crate', path: '/b', sha256: '', size: 11 * 1024 ** 2 };
    const found = units(registry, 'b').map((unit) => ({ ...unit, artifacts: [large] }));
    expect(await codes([], { registry, units: found, env: { CARGO_REGISTRY_TOKEN: 't' } })).toEqual(
      ['FORGE-A005'],
    );
  });

  it('the tags of the release are free (FORGE-C020)', async () => {
    const surroundings = { ...calm, tags: new Set(['v1.0.0', 'v0.9.0']) };
    const tags = ['v1.0.0', 'a@1.0.0'];
    expect((await report(['a'], { env, surroundings, tags })).problems).toMatchObject([
      { code: 'FORGE-C020', what: 'the tag `v1.0.0` exists already' },
    ]);
  });

  it('there is room for what is built (FORGE-C021)', async () => {
    const full = { ...calm, room: { '/tmp': 1024, '/w': 1e12, '/x': undefined } };
    expect((await report(['a'], { env, surroundings: full })).problems).toMatchObject([
      { code: 'FORGE-C021', what: expect.stringMatching(/^`\/tmp` has 1 MB left/) },
    ]);
  });

  it('another branch than the default one is a warning, and a question where somebody can answer (FORGE-C019)', async () => {
    const surroundings = { ...calm, branch: 'topic' };
    const asked: string[] = [];
    const reply = (yes: boolean) => async (question: string) => (asked.push(question), yes);
    const warned = await report(['a'], { env, surroundings });
    expect([warned.problems, warned.warnings.map(({ code }) => code)]).toEqual([
      [],
      ['FORGE-C019'],
    ]);
    expect(await codes(['a'], { env, surroundings, confirm: reply(true) })).toEqual([]);
    expect(await codes(['a'], { env, surroundings, confirm: reply(false) })).toEqual([
      'FORGE-C019',
    ]);
    expect(asked).toHaveLength(2);
    const detached = await report(['a'], { env, surroundings: { ...calm, branch: undefined } });
    expect(detached.warnings).toEqual([]);
  });

  it('all problems are told at once', async () => {
    const surroundings = { ...calm, changedFiles: ['a/package.json'] };
    expect(await codes(['a', 'c'], { surroundings })).toEqual([
      'FORGE-G004',
      'FORGE-C003',
      'FORGE-C002',
      'FORGE-C002',
    ]);
  });
});

describe('a registry that can be asked', () => {
  /** A toy registry with questions: `GET /me` and `GET /owners/<name>`. */
  const remote = {
    ...toy.remote,
    identity: {
      ask: ({ api }: Endpoints): HttpRequest => ({ method: 'GET', url: `${api}/me` }),
      read: ({ status, body }: HttpResponse) => {
        if (status === 401) return { state: 'refused', reason: 'it answers 401' } as const;
        if (status !== 200) return { state: 'unknown', reason: `it answers ${status}` } as const;
        return { state: 'known', accounts: JSON.parse(String(body)) as string[] } as const;
      },
    },
    owners: {
      ask: (name: string, { api }: Endpoints): HttpRequest => ({
        ...{ method: 'GET', url: `${api}/owners/${name}` },
      }),
      read: ({ status, body }: HttpResponse) => {
        if (status !== 200) return { state: 'unknown', reason: `it answers ${status}` } as const;
        const owners = JSON.parse(Buffer.from(body).toString()) as string[];
        return { state: 'known', owners, complete: !owners.includes('team') } as const;
      },
    },
  };
  const ecosystem = { ...toy, remote };
  const toys = loadFiles(
    { 'a/toy.pkg': 'name = a\nversion = 1.0.0\n', 'b/toy.pkg': 'name = b\nversion = 1.0.0\n' },
    { ecosystems: [ecosystem] },
  );
  const asked = async (answers: Readonly<Record<string, HttpResponse>>) => {
    const all = toys.packages.map((node) => unitOf(node, own));
    const questions: string[] = [];
    const found = await report([], {
      ...{ env, model: toys, units: all },
      ask: async ({ url }) => {
        const path = url.replace(/^.*\/toy\//, '');
        questions.push(path);
        return answers[path] ?? answer(404);
      },
    });
    return { ...found, questions };
  };

  it('is asked once for a token, and refuses it before anything is uploaded (FORGE-C015)', async () => {
    const { problems, questions } = await asked({ me: answer(401) });
    expect(questions.filter((each) => each === 'me')).toHaveLength(1);
    expect(problems).toMatchObject([
      {
        code: 'FORGE-C015',
        what: 'Toy registry (127.0.0.1:4874) does not know the token from the variable `FORGE_TOKEN` (it answers 401); needed by `toy:a@1.0.0`, `toy:b@1.0.0`',
      },
    ]);
  });

  it('names names that belong to somebody else (FORGE-P008), a warning where a team may have the right', async () => {
    const { problems, warnings } = await asked({
      me: answer(200, ['ada']),
      'owners/a': answer(200, ['bob', 'eve']),
      'owners/b': answer(200, ['team']),
    });
    expect(problems).toMatchObject([
      {
        code: 'FORGE-P008',
        what: "`a` at Toy registry (127.0.0.1:4874) belongs to `bob`, `eve`, and the token is `ada`'s",
        where: { file: 'a/toy.pkg' },
      },
    ]);
    expect(warnings).toMatchObject([{ code: 'FORGE-P008', where: { file: 'b/toy.pkg' } }]);
    const mine = await asked({ me: answer(200, ['ada']), 'owners/a': answer(200, ['ada']) });
    expect([mine.problems, mine.warnings]).toEqual([[], []]);
  });

  it('that is down is a warning (FORGE-C018): neither a pass nor a stop', async () => {
    const { problems, warnings } = await asked({ me: answer(503) });
    expect([problems, warnings.map(({ code }) => code)]).toEqual([[], ['FORGE-C018']]);
  });

  it('that has no such question is left alone', async () => {
    const { problems, warnings } = await asked({});
    expect([problems, warnings]).toEqual([[], []]);
  });

  it('tells which names are published for the first time', async () => {
    const { firstPublished } = await asked({});
    expect(firstPublished.map(({ node }) => node.manifest.name)).toEqual(['a', 'b']);
    const down = await asked({ 'packages/a': answer(503) });
    expect(down.firstPublished.map(({ node }) => node.manifest.name)).toEqual(['b']);
  });
});

describe('trusted publishing', () => {
  it('is hidden by a token that was left in the environment: a warning (FORGE-C022)', async () => {
    const ci = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
    };
    const stray = { ...ci, NODE_AUTH_TOKEN: 'left over' };
    const { problems, warnings } = await report(['a'], { registry: {}, env: stray });
    expect([problems, warnings]).toMatchObject([
      [],
      [{ code: 'FORGE-C022', fix: 'unset `NODE_AUTH_TOKEN`' }],
    ]);
    const without = await report(['a'], { registry: {}, env: { NODE_AUTH_TOKEN: 'x' } });
    expect(without.warnings).toEqual([]);
  });
});

describe('statements of provenance', () => {
  const token = { NODE_AUTH_TOKEN: 'x' };
  beforeEach(() => void jest.spyOn(versions, 'askVersion').mockResolvedValue('11.6.0'));
  afterEach(() => void jest.restoreAllMocks());

  it('are looked at where they are asked for, and go to public registries alone (FORGE-C065)', async () => {
    const open = { registry: {}, env: token };
    expect(await codes(['a'], { ...open, provenance: true })).toEqual(['FORGE-C065']);
    expect(await codes(['a'], open)).toEqual([]);
    expect(await codes(['a'], { env, provenance: true })).toEqual([]);
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

  it('are looked for before the upload', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    const found = await codes(['b'], { env });
    process.env['PATH'] = path;
    expect(found).toEqual(['FORGE-A001']);
  });
});
