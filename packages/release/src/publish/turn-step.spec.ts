import type { RateLimit } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import type { PublishUnit } from '../plan/publish-unit';
import { runSteps } from './steps';
import { loadToys, toyContext, toyUnit, toyWorld } from './testing/toy-world';

const source = 'https://registry.example/limits';
const minute = 60_000;
const limits: readonly RateLimit[] = [
  { on: 'new-package', requests: 1, perMs: 10 * minute, burst: 1, source },
  { on: 'new-version', requests: 1, perMs: minute, burst: 1, source },
];

const nodes = loadToys({
  'a/toy.pkg': 'name = a\nversion = 1.0.0\n',
  'b/toy.pkg': 'name = b\nversion = 1.0.0\n',
  'c/toy.pkg': 'name = c\nversion = 1.0.0\n',
}).packages;

/** Toys whose registry counts as the public one. */
function limitedUnits(version?: string): PublishUnit[] {
  return nodes.map((node) => {
    const manifest = version
      ? { ...node.manifest, version: { ...node.manifest.version, value: version } }
      : node.manifest;
    const unit = toyUnit({ ...node, manifest });
    const ecosystem = Object.defineProperties({}, Object.getOwnPropertyDescriptors(node.ecosystem));
    Object.assign(ecosystem, { publicEndpoints: unit.endpoints, limits });
    return { ...unit, node: { ...unit.node, ecosystem: ecosystem as PackageNode['ecosystem'] } };
  });
}

describe('the turn of a package at a registry with limits', () => {
  it('comes by the limit for new names, or by that for new versions', async () => {
    const world = toyWorld();
    const context = toyContext(world);
    const published = { kind: 'published' };
    for (const unit of limitedUnits())
      expect(await runSteps(unit, context)).toMatchObject(published);
    expect(world.now()).toBe(20 * minute);
    const before = world.now();
    for (const unit of limitedUnits('1.1.0'))
      expect(await runSteps(unit, context)).toMatchObject(published);
    expect(world.now() - before).toBe(2 * minute);
  });

  it('is told to who waits, with the limit and where it is written', async () => {
    const world = toyWorld();
    const told: string[] = [];
    const context = toyContext(world);
    const log = {
      ...context.log,
      waits: (_: PublishUnit, ms: number, why: string) => void told.push(`${ms} ${why}`),
    };
    for (const unit of limitedUnits().slice(0, 2)) await runSteps(unit, { ...context, log });
    expect(told).toEqual([`600000 its turn comes in 10 min (1 new package per 10 min, ${source})`]);
  });

  it('is not waited for when it is too far away (FORGE-P012)', async () => {
    const world = toyWorld();
    const context = toyContext(world);
    const short = { ...context, deadlines: { ...context.deadlines, limitWithin: 5 * minute } };
    const codes: string[] = [];
    for (const unit of limitedUnits()) {
      const result = await runSteps(unit, short);
      codes.push('error' in result ? result.error.code : result.kind);
    }
    expect(codes).toEqual(['published', 'FORGE-P012', 'FORGE-P012']);
    expect(world.now()).toBe(0);
  });

  it('is taken by nobody who has nothing to upload', async () => {
    const world = toyWorld();
    const context = toyContext(world);
    const [unit] = limitedUnits() as [PublishUnit];
    await runSteps(unit, context);
    const seen = new Map([[unit, { state: 'live', how: 'identical' } as const]]);
    world.requests.splice(0);
    await runSteps(unit, { ...context, seen });
    expect([world.requests, world.now()]).toEqual([[], 0]);
  });
});
