import type { PackageNode } from '../graph/model';
import type { Upstream } from '../plan/publish-order';
import type { PublishUnit } from '../plan/publish-unit';
import { rankUnits } from './rank';
import { runUnits } from './run-units';
import { slots } from '../effects/slots';
import { loadToys, toyUnit } from './testing/toy-world';

const [toyNode] = loadToys({ 'a/toy.pkg': 'name = a\nversion = 1.0.0\n' }).packages as [
  PackageNode,
];
const template = toyUnit(toyNode);

/** Units by number; `needs` are lower numbers. */
function graphOf(needs: readonly (readonly number[])[]) {
  const units: PublishUnit[] = needs.map((_, at) => {
    const manifest = { ...toyNode.manifest, name: `t${at}` };
    return { ...template, node: { ...toyNode, manifest } };
  });
  const nodeAt = (at: number): PackageNode[] => (units[at] ? [units[at].node] : []);
  const upstream: Upstream = new Map(
    units.map(({ node }, at) => [node, (needs[at] ?? []).flatMap(nodeAt)]),
  );
  return { units, upstream };
}

/** How many uploads stand one after the other, when all take the same time. */
async function roundsOf(needs: readonly (readonly number[])[], width: number): Promise<number> {
  const { units, upstream } = graphOf(needs);
  const [slot, rank] = [slots(width), rankUnits(units, upstream)];
  let underWay: (() => void)[] = [];
  const upload = (): Promise<void> => new Promise((done) => void underWay.push(done));
  const run = runUnits(
    units,
    upstream,
    async (unit) => {
      await slot(upload, rank(unit));
      return { kind: 'published' };
    },
    () => undefined,
  );
  let isRunning = true;
  void run.then(() => (isRunning = false));
  for (let rounds = 0; ; rounds += 1) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    if (!isRunning) return rounds;
    const round = underWay;
    underWay = [];
    for (const done of round) done();
  }
}

describe('the order of uploads', () => {
  it('takes no more rounds than there have to be: 60 packages in trees of depth 5, eight at once', async () => {
    const needs = Array.from({ length: 60 }, (_, at) => (at < 12 ? [] : [at - 12]));
    expect(await roundsOf(needs, 8)).toBe(8);
  });

  it('begins with the longest chain, wherever it stands', async () => {
    // Twelve that nothing waits for, and after them a chain of five.
    const needs = Array.from({ length: 17 }, (_, at) => (at <= 12 ? [] : [at - 1]));
    expect(await roundsOf(needs, 4)).toBe(5);
  });

  it('puts what can be taken back before its equals', () => {
    const { units, upstream } = graphOf([[], []]);
    const [first, second] = units as [PublishUnit, PublishUnit];
    const ecosystem = Object.defineProperties(
      {},
      Object.getOwnPropertyDescriptors(toyNode.ecosystem),
    ) as PackageNode['ecosystem'];
    const changed = { ...first, node: { ...first.node, ecosystem } };
    Object.assign(ecosystem, { irreversible: !second.node.ecosystem.irreversible });
    const rank = rankUnits([changed, second], upstream);
    const [lasting, other] = changed.node.ecosystem.irreversible
      ? [changed, second]
      : [second, changed];
    expect(rank(lasting)).toBeLessThan(rank(other));
  });
});
