import { all, fail, ok, type Result } from '@forge/ecosystems';
import { createLoopbackWorld } from '../effects/loopback-world';
import type { Workspace } from '../effects/open-workspace';
import {
  startRehearsalRegistry,
  type RehearsalOutside,
  type RehearsalRegistry,
} from '../effects/rehearsal-registry';
import { createScratch, type Scratch } from '../effects/scratch';
import type { World } from '../effects/world';
import type { PublishUnit } from '../plan/publish-unit';
import { publishUnits } from '../publish/publish-units';
import { slots } from '../effects/slots';
import type { UnitResult } from '../publish/unit-result';
import {
  digestOf,
  writeReceipt,
  type RehearsalReceipt,
  type RehearsedPackage,
} from '../record/rehearsals';
import { installUnit } from './install-unit';
import { compareServed } from './compare-served';
import { lackingForUpload } from './lacking';
import type { RehearseWith } from '../record/planned-release';
import { asksOutside, outsideFor } from './outside';
import { unitsAt } from './rehearsed-units';

/** What a rehearsal tells while it runs. */
export interface RehearsalEvents {
  started(url: string): void;
  published(unit: PublishUnit, result: UnitResult): void;
  installed(unit: PublishUnit, proves: string): void;
}

export interface RehearsalOptions {
  /** Keep the homes of the consumers and say where they are. */
  readonly keep: boolean;
  /** Whom the registry may ask for packages of others. Default: nobody. */
  readonly outside?: RehearseWith;
  readonly events?: Partial<RehearsalEvents>;
  readonly timeoutMs?: number;
}

export interface Rehearsal {
  readonly receipt: Result<{ readonly file: string; readonly content: RehearsalReceipt }>;
  /** Absolute, with `keep`. */
  readonly kept?: string;
}

/** How many packages are installed at once: most of them build. */
const width = 2;
const installWithin = 30 * 60_000;

/** A registry on this machine that does not answer at once will not do so later. */
const deadlines = { retryWithin: 10_000, visibleWithin: 10_000, limitWithin: 10_000 };

/** One rehearsal: its registry, the world that ends at this machine, and where it may write. */
interface Stage {
  readonly workspace: Workspace;
  readonly registry: RehearsalRegistry;
  readonly world: World;
  readonly scratch: Scratch;
  readonly outside: RehearsalOutside | undefined;
  readonly options: RehearsalOptions;
}

/**
 * Publishes the artifacts of units with the native tools to a registry on this machine, through the very engine of a
 * real run, compares what it serves, and installs every package as a stranger would. A receipt is written when all of
 * that succeeds; it holds for exactly these artifacts. Units need everything of the workspace that they depend on
 * among them. Nothing can leave this machine, and nothing comes from elsewhere but what the registry may ask for.
 */
export async function rehearse(
  workspace: Workspace,
  units: readonly PublishUnit[],
  options: RehearsalOptions,
): Promise<Rehearsal> {
  const scratch = createScratch('rehearsal');
  const kept = options.keep ? { kept: scratch.path() } : {};
  try {
    const outside = options.outside && outsideFor(workspace, units, options.outside);
    const directory = scratch.directory('registry');
    const registry = await startRehearsalRegistry(workspace.root, directory, outside);
    try {
      const world = worldOf(workspace, scratch);
      const stage = { workspace, registry, world, scratch, outside, options };
      return { receipt: await perform(stage, units), ...kept };
    } finally {
      await registry.stop();
    }
  } finally {
    if (options.keep) scratch.keep();
    else scratch.dispose();
  }
}

function worldOf({ options }: Workspace, scratch: Scratch): World {
  const place = { endpoints: {}, directory: scratch.path() };
  const toolchains = options.ecosystems.map(({ tool }) => tool.consumer.home(place).toolchains);
  return createLoopbackWorld({
    home: scratch.directory('home'),
    toolchains: Object.assign({}, ...toolchains) as Record<string, string>,
  });
}

async function perform(stage: Stage, units: readonly PublishUnit[]): ReturnType<typeof receiptOf> {
  const { registry, options } = stage;
  const local = unitsAt(registry.url, units);
  options.events?.started?.(registry.url);
  const published = await publishAll(stage, local);
  if (!published.ok) return published;
  const slot = slots(width);
  const packages = await Promise.all(local.map((unit, at) => slot(() => prove(stage, unit, at))));
  return receiptOf(stage, all(packages));
}

async function receiptOf(
  { workspace, world }: Stage,
  packages: Result<readonly RehearsedPackage[]>,
): Promise<Result<{ readonly file: string; readonly content: RehearsalReceipt }>> {
  if (!packages.ok) return packages;
  const content: RehearsalReceipt = {
    formatVersion: 1,
    at: new Date(world.now()).toISOString(),
    digest: digestOf(packages.value.flatMap(({ artifacts }) => artifacts)),
    packages: packages.value,
  };
  return ok({ file: writeReceipt(workspace.root, content), content });
}

async function publishAll(
  { workspace, registry, world, outside, options }: Stage,
  units: readonly PublishUnit[],
): Promise<Result<null>> {
  const { url, token } = registry;
  const report = await publishUnits(
    workspace,
    units,
    [],
    { registry: url, token, onDuplicate: 'fail', allowDirty: true, deadlines },
    world,
    (unit, result) => options.events?.published?.(unit, result),
  );
  if (report.kind === 'refused') return fail(...report.problems);
  const problems = [...report.results].flatMap(([unit, result]) => {
    const asks = asksOutside(outside, unit.node.ecosystem.id);
    return 'error' in result ? [lackingForUpload(unit, result.error, units, asks)] : [];
  });
  return problems.length > 0 ? fail(...problems) : ok(null);
}

/** What is served is what was packed, and it can be installed. */
async function prove(
  { workspace, registry, world, scratch, outside, options }: Stage,
  unit: PublishUnit,
  at: number,
): Promise<Result<RehearsedPackage>> {
  const served = await compareServed(unit, world);
  if (!served.ok) return served;
  const installation = await installUnit(unit, world, {
    ecosystems: workspace.options.ecosystems,
    url: registry.url,
    asksOutside: asksOutside(outside, unit.node.ecosystem.id),
    directory: scratch.directory('consumers', `${at + 1}-${unit.node.ecosystem.id}`),
    timeoutMs: options.timeoutMs ?? installWithin,
  });
  if (installation.kind !== 'installed') return fail(installation.error);
  options.events?.installed?.(unit, installation.proves);
  const { manifest, ecosystem } = unit.node;
  return ok({
    ecosystem: ecosystem.id,
    name: manifest.name,
    version: unit.version,
    artifacts: unit.artifacts.map(({ filename, sha256 }) => ({ filename, sha256 })),
    served: served.value,
    installed: installation.proves,
  });
}
