import { ForgeError } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import { publishUpstream } from '../graph/order';
import type { PublishUnit } from '../plan/publish-unit';
import { loadToys, toyUnit } from './testing/toy-world';
import { runUnits } from './run-units';
import type { UnitResult } from './unit-result';

const model = loadToys({
  'app/toy.pkg': 'name = app\nversion = 1.0.0\nneeds = paint path:../paint\n',
  'paint/toy.pkg': 'name = paint\nversion = 1.0.0\nneeds = core path:../core\n',
  'core/toy.pkg': 'name = core\nversion = 1.0.0\n',
  'site/toy.pkg': 'name = site\nversion = 1.0.0\n',
});
const units = model.packages.map((node) => toyUnit(node));

function nodesOf(chosen: readonly PublishUnit[]): PackageNode[] {
  return chosen.map(({ node }) => node);
}

async function run(outcomes: Readonly<Record<string, UnitResult>>) {
  const order: string[] = [];
  const told: string[] = [];
  const results = await runUnits(
    units,
    publishUpstream(model),
    async ({ node }) => {
      order.push(node.manifest.name);
      return outcomes[node.manifest.name] ?? { kind: 'published' };
    },
    ({ node }) => told.push(node.manifest.name),
  );
  const kinds = [...results].map(([{ node }, result]) => [
    node.manifest.name,
    'error' in result ? `${result.kind} ${result.error.code}` : result.kind,
  ]);
  return { order, told, kinds: Object.fromEntries(kinds) as Record<string, string> };
}

describe('running units along the graph', () => {
  it('starts each after what it needs', async () => {
    const { order, told } = await run({});
    expect(order.indexOf('core')).toBeLessThan(order.indexOf('paint'));
    expect(order.indexOf('paint')).toBeLessThan(order.indexOf('app'));
    expect([...told].sort()).toEqual(['app', 'core', 'paint', 'site']);
  });

  it('skips what needs a failed one, all the way, and goes on with the others (FORGE-P005)', async () => {
    const error = new ForgeError('FORGE-P002', { what: 'refused' });
    const { order, kinds } = await run({ core: { kind: 'failed', error } });
    expect(kinds).toEqual({
      core: 'failed FORGE-P002',
      paint: 'skipped FORGE-P005',
      app: 'skipped FORGE-P005',
      site: 'published',
    });
    expect(order.sort()).toEqual(['core', 'site']);
  });

  it('ends a unit that throws, and nothing else', async () => {
    const told: string[] = [];
    const results = await runUnits(
      units,
      publishUpstream(model),
      async ({ node }) => {
        if (node.manifest.name === 'core') throw new Error('the disk is full');
        return { kind: 'published' };
      },
      ({ node }, { kind }) => told.push(`${kind} ${node.manifest.name}`),
    );
    expect(told.sort()).toEqual(['failed core', 'published site', 'skipped app', 'skipped paint']);
    const core = [...results].find(([{ node }]) => node.manifest.name === 'core')?.[1];
    expect(core).toMatchObject({ error: { what: expect.stringContaining('the disk is full') } });
  });

  it.each(['already-there', 'drifted'] as const)('goes on after %s', async (kind) => {
    const result: UnitResult =
      kind === 'drifted' ? { kind, detail: 'other content' } : { kind, how: 'identical' };
    expect((await run({ core: result })).kinds).toMatchObject({ app: 'published' });
  });

  it('follows a chain of many thousands', async () => {
    const [first] = units as [PublishUnit];
    const chain = Array.from({ length: 12_000 }, () => ({ ...first, node: { ...first.node } }));
    const upstream = new Map(
      chain.map(({ node }, at) => [node, nodesOf(chain.slice(at + 1, at + 2))]),
    );
    const started: PublishUnit[] = [];
    await runUnits(
      chain,
      upstream,
      async (unit) => {
        started.push(unit);
        return { kind: 'published' };
      },
      () => undefined,
    );
    expect(started.slice(0, 3).map((unit) => chain.indexOf(unit))).toEqual([
      11_999, 11_998, 11_997,
    ]);
    expect(started).toHaveLength(chain.length);
  });

  it('ends a unit whose result cannot be written down, and what needs it (FORGE-P014)', async () => {
    const results = await runUnits(
      units,
      publishUpstream(model),
      async () => ({ kind: 'published' }),
      ({ node }) => {
        if (node.manifest.name === 'core')
          throw new Error('ENOSPC: no space left on device, write');
      },
    );
    const told = [...results].map(([{ node }, result]) => [
      node.manifest.name,
      'error' in result ? result.error.code : result.kind,
    ]);
    expect(Object.fromEntries(told)).toEqual({
      core: 'FORGE-P014',
      paint: 'FORGE-P005',
      app: 'FORGE-P005',
      site: 'published',
    });
  });
});
