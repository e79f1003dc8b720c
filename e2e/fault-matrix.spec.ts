import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createWorld, type World } from '../packages/release/src/effects/world';
import type { PublishUnit } from '../packages/release/src/plan/publish-unit';
import { noLog, type PublishLog } from '../packages/release/src/publish/publish-log';
import { publishUnits } from '../packages/release/src/publish/publish-units';
import type { UnitResult } from '../packages/release/src/publish/unit-result';
import { describeWithTools } from './support/describe-with-tools';
import { pass, startFaultProxy, type FaultProxy, type Faults } from './support/fault-proxy';
import { faults, type Fault } from './support/faults';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { packTinyPackages, type TinyPackages } from './support/tiny-packages';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

/** The same packages with another content under the same version, as somebody else has published them. */
const otherContent = {
  'tiny-crate/src/lib.rs': 'pub fn other() {}\n',
  'tiny-npm/index.js': 'exports.tiny = false;\n',
  'tiny-py/src/tiny_py/__init__.py': 'TINY = False\n',
  'tiny_hex/lib/tiny_hex.ex': 'defmodule TinyHex do\n  def other, do: true\nend\n',
  'tiny-hackage/src/Tiny.hs': 'module Tiny where\nother :: ()\nother = ()\n',
  'tiny-gem/lib/tiny.rb': 'TINY = false\n',
};

describeWithTools('a registry that fails', ecosystems, () => {
  let ours: TinyPackages;
  let theirs: TinyPackages;

  // Packed once: what was packed is what is uploaded, in every case.
  beforeAll(async () => {
    [ours, theirs] = await Promise.all([
      packTinyPackages(ecosystems),
      packTinyPackages(ecosystems, otherContent),
    ]);
  }, 240_000);
  afterAll(() => {
    delete process.env['FORGE_TOKEN'];
    ours?.remove();
    theirs?.remove();
  });

  /** Versions stay: whatever leaves one needs a registry of its own. */
  let empty: RegistryProcess | undefined;
  afterAll(() => empty?.stop());

  describe.each(faults)('with $name', (fault) => {
    let registry: RegistryProcess;
    const proxies: FaultProxy[] = [];
    let cases: ReadonlyMap<string, Promise<void>> | undefined;

    beforeAll(async () => {
      registry = fault.live === 0 && empty ? empty : await startRegistryProcess();
      if (fault.live === 0) empty = registry;
      process.env['FORGE_TOKEN'] = registry.token;
    }, 60_000);
    afterAll(async () => {
      for (const proxy of proxies) await proxy.close();
      if (registry !== empty) await registry?.stop();
    });

    it.each(ecosystems)('%s', (id) => allCases().get(id), 240_000);

    /** Side by side, each with a proxy of its own: much of a fault is waiting. */
    function allCases(): ReadonlyMap<string, Promise<void>> {
      if (cases) return cases;
      cases = new Map(ecosystems.map((id) => [id, publishWith(id)]));
      // Each test looks at its own; one that fails before its turn is no accident.
      void Promise.allSettled(cases.values());
      return cases;
    }

    async function publishWith(id: string): Promise<void> {
      const proxy = await startFaultProxy(registry.url);
      proxies.push(proxy);
      if (fault.before) await publishBefore(id, fault.before);
      const unit = ours.unit(id, { registry: proxy.url });
      const [artifact] = unit.artifacts;
      if (!artifact) throw new Error('nothing is packed');
      const world = hastyWorld();
      const moments = begin(
        proxy,
        unit,
        fault.faults(id, artifact, () => world.now()),
        world,
      );
      const result = await publish(ours, unit, proxy.url, fault, world);
      expectOutcome(unit, result, fault);
      const [first = NaN, second = NaN] = moments;
      if (fault.waits) expect(second - first).toBeGreaterThanOrEqual(fault.waits(id));
      const arrived = (await registry.arrivals()).filter(({ ecosystem }) => ecosystem === id);
      expect(arrived).toHaveLength(fault.live);
      if (fault.untouched) expect(proxy.uploads()).toBe(0);
      expect(proxy.strangers()).toEqual([]);
    }

    /** Answers when uploads came, by the clock of the run; it grows. */
    function begin(
      at: FaultProxy,
      unit: PublishUnit,
      plan: Faults,
      { now }: World,
    ): readonly number[] {
      const moments: number[] = [];
      const { ecosystem, manifest } = unit.node;
      const { url } = ecosystem.remote.lookup(manifest.name, unit.version, unit.endpoints);
      at.begin(ecosystem, url.slice(at.url.length), {
        ...plan,
        upload(attempt) {
          moments.push(now());
          return plan.upload?.(attempt) ?? pass;
        },
      });
      return moments;
    }

    async function publishBefore(id: string, what: NonNullable<Fault['before']>): Promise<void> {
      const from = what === 'same content' ? ours : theirs;
      const unit = from.unit(id, { registry: registry.url });
      const result = await publish(from, unit, registry.url, {});
      if (result?.kind !== 'published') throw new Error(`${id} is not there: ${textOf(result)}`);
    }
  });
});

async function publish(
  from: TinyPackages,
  unit: PublishUnit,
  registry: string,
  { fullDisk, deadlines = {} }: Pick<Fault, 'fullDisk' | 'deadlines'>,
  world = hastyWorld(),
): Promise<UnitResult | undefined> {
  const options = {
    ...{ registry, onDuplicate: 'fail' as const, allowDirty: true },
    log: fullDisk ? logOnFullDisk : noLog,
    deadlines,
  };
  const told = (): void => undefined;
  const report = await publishUnits(from.workspace, [unit], [], options, world, told);
  if (report.kind === 'refused')
    throw new Error(report.problems.map((problem) => problem.render()).join('\n'));
  return report.results.get(unit);
}

/** The real world, whose clock goes on by itself where somebody would wait. */
function hastyWorld(): World {
  let ahead = 0;
  return {
    ...createWorld({ dryRun: false }),
    now: () => Date.now() + ahead,
    async sleep(milliseconds) {
      ahead += milliseconds;
      await pause(Math.min(milliseconds, 5));
    },
  };
}

/** A real write to a device without room: the kernel answers as it does for a full disk. */
const logOnFullDisk: PublishLog = {
  begins: () => appendFileSync('/dev/full', 'an act\n'),
  ends: () => undefined,
};

function expectOutcome(unit: PublishUnit, result: UnitResult | undefined, fault: Fault): void {
  const { ecosystem, manifest } = unit.node;
  const { kind, code, cause } = fault.except?.[ecosystem.id] ?? fault.outcome;
  const isDone = result?.kind === 'published' || result?.kind === 'already-there';
  const ended = kind === 'done' && isDone ? 'done' : result?.kind;
  if (ended !== kind) throw new Error(`it ended as ${ended}\n${textOf(result)}`);
  if (result?.kind !== 'failed') return;
  const { error } = result;
  if (error.code !== code) throw new Error(`${code} was expected\n${textOf(result)}`);
  // Package and version, registry and address, cause, and what to do.
  expect(error.what).toContain(`\`${ecosystem.id}:${manifest.name}@${unit.version}\``);
  expect(error.what).toContain(`at ${ecosystem.title} (${Object.values(unit.endpoints)[0]})`);
  expect(error.what).toMatch(cause ?? /./);
  expect(error.fix).not.toBe('');
  expect(error.render()).not.toContain(process.env['FORGE_TOKEN']);
}

function textOf(result: UnitResult | undefined): string {
  return result && 'error' in result ? result.error.render() : '';
}
