import { toy } from '../../../ecosystems/src/testing/toy';
import type { Access, HttpResponse, Provenance } from '@forge/ecosystems';
import { normalizeOptions } from '../configuration/plugin-options';
import { portsOf } from '../credentials/testing/memory-ports';
import * as versions from '../effects/ask-version';
import * as installed from '../effects/installed';
import type { Workspace } from '../effects/open-workspace';
import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { diagnose } from './doctor';

const files = {
  'a/toy.pkg': 'name = a\nversion = 1.0.0\n',
  'b/toy.pkg': 'name = b\nversion = 1.0.0\n',
};

function answer(status: number, json: unknown): HttpResponse {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(json)) };
}

/** A registry of toys that has `latest` at 1.0.0 although there is more. */
const remote = {
  ...toy.remote,
  parseVersions: (_: string, { status }: HttpResponse) =>
    status === 503 ? null : ['1.0.0', '1.2.0', '2.0.0-rc.1'],
  tags: {
    ask: toy.remote.versions,
    read: () => ({ latest: '1.0.0' }),
  },
};

async function examine(
  env: Readonly<Record<string, string>>,
  status = 200,
  { access = toy.access, ...plugin }: { access?: Access | undefined; provenance?: boolean } = {},
) {
  const ecosystem = { ...toy, remote, ...(access ? { access } : {}) };
  const options = normalizeOptions(plugin, [ecosystem]);
  if (!options.ok) throw options.problems[0];
  const model = loadFiles(files, { ecosystems: [ecosystem] });
  const workspace: Workspace = {
    ...{ root: '/w', files: Object.keys(files), reader: memoryReader(files), model },
    options: options.value,
  };
  return diagnose(
    workspace,
    { registry: 'http://127.0.0.1:4874' },
    {
      ask: async () => answer(status, {}),
      ports: portsOf({ env }),
      surroundings: {
        ...{ changedFiles: ['x'], branch: 'topic', defaultBranch: 'main' },
        ...{ tags: new Set<string>(), room: {} },
      },
    },
  );
}

afterEach(() => void jest.restoreAllMocks());

describe('the doctor', () => {
  it('says what keeps statements of provenance from being made, where they are asked for', async () => {
    jest.spyOn(versions, 'askVersion').mockResolvedValue('1.0.0');
    const provenance: Provenance = {
      ...{ title: 'anvil', isTaken: () => true, lacking: () => [] },
      unwitnessed: ({ CI }) => (CI ? undefined : { what: 'no CI', fix: 'release there' }),
      program: { name: 'anvil', args: ['-v'], least: '1.1', isEnough: () => false },
    };
    const access: Access = { files: () => [], token: () => undefined, ...toy.access, provenance };
    const token = { FORGE_TOKEN: 'a secret' };
    const codes = async (env: object, asked: boolean): Promise<string[]> =>
      (await examine({ ...token, ...env }, 200, { access, provenance: asked })).problems.map(
        ({ code }) => code,
      );
    expect(await codes({}, true)).toEqual(['FORGE-C065', 'FORGE-C024']);
    expect(await codes({ CI: '1' }, true)).toEqual(['FORGE-C024']);
    expect(await codes({}, false)).toEqual([]);
  });

  it('says where the token of each registry is from, and nothing of the token', async () => {
    const found = await examine({ FORGE_TOKEN: 'a secret' });
    expect(found.registries).toEqual([
      {
        title: 'Toy registry',
        url: 'http://127.0.0.1:4874/toy',
        answers: true,
        token: 'the variable `FORGE_TOKEN`',
        packages: ['a', 'b'],
      },
    ]);
    expect(found.problems).toEqual([]);
    expect(JSON.stringify(found)).not.toContain('a secret');
  });

  it('has what stands in the way as problems, and what is worth a look as warnings', async () => {
    const found = await examine({}, 503);
    expect(found.problems.map(({ code }) => code)).toEqual(['FORGE-C002', 'FORGE-P004']);
    expect(found.warnings.map(({ code }) => code)).toEqual(['FORGE-C003', 'FORGE-C019']);
    expect(found.git).toEqual({ branch: 'topic', defaultBranch: 'main', changedFiles: 1 });
  });

  it('shows a `latest` that lags behind (FORGE-C023)', async () => {
    const { warnings } = await examine({ FORGE_TOKEN: 'x' });
    expect(warnings.filter(({ code }) => code === 'FORGE-C023')).toMatchObject([
      { what: '`latest` of `a` is 1.0.0, and 1.2.0 is published', where: { file: 'a/toy.pkg' } },
      { what: '`latest` of `b` is 1.0.0, and 1.2.0 is published' },
    ]);
  });

  it('knows what is too old (FORGE-C024)', async () => {
    jest.spyOn(installed, 'installedVersion').mockReturnValue('22.4.0');
    const { nx, problems } = await examine({ FORGE_TOKEN: 'x' });
    expect(nx).toBe('22.4.0');
    expect(problems).toMatchObject([{ code: 'FORGE-C024', what: 'Nx 22.4.0 is older than 23.1' }]);
  });
});
