import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForgeError, type Command, type CommandResult, type Upstream } from '@forge/ecosystems';
import { toy } from '../../../ecosystems/src/testing/toy';
import type { Workspace } from '../effects/open-workspace';
import { loadToys, toyUnit, toyWorld } from '../publish/testing/toy-world';
import { compareServed } from './compare-served';
import { installUnit } from './install-unit';
import { lackingForUpload } from './lacking';
import { asksOutside, outsideFor } from './outside';
import { unitsAt, withUpstream } from './rehearsed-units';

const directory = mkdtempSync(join(tmpdir(), 'forge-rehearse-'));
afterAll(() => rmSync(directory, { recursive: true }));

const model = loadToys({
  'core/toy.pkg': 'name = core\nversion = 1.0.0\n',
  'app/toy.pkg': 'name = app\nversion = 1.0.0\nneeds = core path:../core\n',
  'other/toy.pkg': 'name = other\nversion = 1.0.0\n',
});
const nodeOf = (name: string) => model.packages.find(({ manifest }) => manifest.name === name)!;

describe('what is rehearsed', () => {
  it('is asked for together with what it needs of the workspace', () => {
    const app = [...model.projects.values()].filter(({ root }) => root === 'app');
    expect(withUpstream(model, app).map(({ root }) => root)).toEqual(['app', 'core']);
  });

  it('goes to this machine, or nowhere', () => {
    const unit = toyUnit(nodeOf('app'), {}, true);
    expect(unitsAt('http://127.0.0.1:1', [unit])).toMatchObject([
      { endpoints: { api: 'http://127.0.0.1:1/toy' }, planned: false },
    ]);
    expect(() => unitsAt('https://registry.example', [unit])).toThrow(
      expect.objectContaining({ code: 'FORGE-W001' }),
    );
  });
});

describe('what may come from elsewhere', () => {
  const workspace = { model } as Workspace;
  const unit = toyUnit(nodeOf('app'));
  const unitWith = (upstream: Upstream) => ({
    ...unit,
    node: { ...unit.node, ecosystem: { ...toy, wire: { ...toy.wire, upstream } } },
  });
  const able = unitWith({} as Upstream);
  const claims = { toy: ['app', 'core', 'other'] };

  it('is nothing, unless a person says so', () => {
    expect(outsideFor(workspace, [able], { network: false, upstreams: [] })).toBeUndefined();
    expect(asksOutside(undefined, 'toy')).toBe(false);
  });

  it('is everything but the names of the workspace, whether they are rehearsed or not', () => {
    const outside = outsideFor(workspace, [able, able], { network: true, upstreams: [] });
    expect(outside).toEqual({ upstreams: ['toy'], claims });
    expect(asksOutside(outside, 'toy')).toBe(true);
    expect(asksOutside(outside, 'other')).toBe(false);
  });

  it('is only what can be read through, or what is given', () => {
    const withPrivate = unitWith({ isPrivate: true } as Upstream);
    for (const each of [unit, withPrivate])
      expect(outsideFor(workspace, [each], { network: true, upstreams: [] })).toBeUndefined();
    const upstreams = ['toy=http://127.0.0.1:1'];
    const outside = outsideFor(workspace, [able], { network: true, upstreams });
    expect(outside?.upstreams).toEqual(['toy', ...upstreams]);
    expect(asksOutside(outside, 'toy')).toBe(true);
  });
});

it('holds what is served to what was packed (FORGE-W005)', async () => {
  const world = toyWorld();
  const packed = toyUnit(nodeOf('app'), { 'read.me': 'ours' });
  const put = (path: string) =>
    world.request({
      method: 'PUT',
      url: `${packed.endpoints['api']}/packages/app/1.0.0`,
      bodyFile: path,
    });
  await put(toyUnit(nodeOf('app'), { 'read.me': 'theirs' }).artifacts[0]!.path);
  const other = await compareServed(packed, world);
  expect(!other.ok && other.problems.map(({ code }) => code)).toEqual(['FORGE-W005']);
});

describe('installing', () => {
  const commands: Command[] = [];
  const install = (
    result: Partial<CommandResult>,
    more: { timeoutMs?: number; asksOutside?: boolean } = {},
    unit = toyUnit(nodeOf('app')),
  ) => {
    commands.length = 0;
    const world = {
      ...toyWorld(),
      build: async (command: Command) => {
        commands.push(command);
        return { exitCode: 0, stdout: '', stderr: '', ...result };
      },
    };
    const place = { url: 'http://127.0.0.1:1', directory };
    const options = { ...place, ecosystems: [toy], asksOutside: false, timeoutMs: 1000 };
    return installUnit(unit, world, { ...options, ...more });
  };

  it('happens in a home of its own, with the settings of every ecosystem', async () => {
    expect(await install({})).toEqual({ kind: 'installed', proves: 'its archive can be fetched' });
    const env = { HOME: directory, TOY_HOME: join(directory, 'toys') };
    expect(commands).toMatchObject([{ cwd: directory, env, timeoutMs: 1000 }]);
    expect(readFileSync(join(directory, 'fetch.mjs'), 'utf8')).toContain('no such toy');
  });

  it('fails with the output of the tool (FORGE-W003)', async () => {
    const failed = await install({ exitCode: 1, stderr: 'it does not fit' });
    expect(failed).toMatchObject({ kind: 'failed', error: { code: 'FORGE-W003' } });
    expect(failed.kind === 'failed' && failed.error.render()).toContain('it does not fit');
  });

  it('names what is missing from elsewhere (FORGE-W004)', async () => {
    const lacking = await install({ exitCode: 1, stderr: 'no such toy: marble' });
    expect(lacking).toMatchObject({ kind: 'lacking', names: ['marble'] });
    expect(lacking.kind === 'lacking' && lacking.error.code).toBe('FORGE-W004');
  });

  it('says what helps then: asking the public registry, where that is possible and not done', async () => {
    const fixOf = async (upstream: boolean, asksOutside: boolean) => {
      const unit = toyUnit(nodeOf('app'));
      const wire = { ...toy.wire, ...(upstream && { upstream: {} as Upstream }) };
      const ecosystem = { ...toy, wire };
      const able = { ...unit, node: { ...unit.node, ecosystem } };
      const missing = { exitCode: 1, stderr: 'no such toy: marble' };
      const lacking = await install(missing, { asksOutside }, able);
      return lacking.kind === 'lacking' ? lacking.error.fix : '';
    };
    expect(await fixOf(true, false)).toContain('rehearse with `--network`, or');
    expect(await fixOf(true, true)).not.toContain('--network');
    expect(await fixOf(false, false)).not.toContain('--network');
  });

  it('is told of an upload, too, whose tool looks for what a package needs', () => {
    const units = ['app', 'core'].map((name) => toyUnit(nodeOf(name)));
    const codeOf = (what: string) =>
      lackingForUpload(units[0]!, new ForgeError('FORGE-P002', { what }), units, false).code;
    expect(codeOf('no such toy: marble')).toBe('FORGE-W004');
    expect(codeOf('no such toy: core')).toBe('FORGE-P002');
    expect(codeOf('the disk is full')).toBe('FORGE-P002');
  });

  it('does not take the package itself for something from elsewhere', async () => {
    const failed = await install({ exitCode: 1, stderr: 'no such toy: app' });
    expect(failed.kind).toBe('failed');
  });

  it('ends when it goes on and on', async () => {
    const failed = await install({ exitCode: 143, timedOut: true });
    expect(failed.kind === 'failed' && failed.error.what).toContain('does not end');
  });
});
