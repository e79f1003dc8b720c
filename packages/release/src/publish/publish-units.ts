import type { ForgeError } from '@forge/ecosystems';
import { listChangedFiles } from '../effects/git';
import type { Workspace } from '../effects/open-workspace';
import type { World } from '../effects/world';
import { createWorkspaceExport } from '../package/workspace-export';
import type { WorkspaceModel } from '../graph/model';
import { publishUpstream } from '../graph/order';
import type { Upstream } from '../plan/publish-order';
import { preflight } from '../preflight/preflight';
import { compareArtifacts, isOpen, type LiveState } from './compare-artifacts';
import type { PublishUnit } from '../plan/publish-unit';
import { noLog, type PublishLog } from './publish-log';
import type { OnDuplicate, UnitResult } from './unit-result';
import { tokenFor, type RegistryOptions } from '../configuration/registry-target';
import { runUnits } from './run-units';
import { slots } from './slots';
import { runSteps, type StepContext } from './steps';
import { uploadUnit } from './upload';

export interface PublishOptions extends RegistryOptions {
  readonly onDuplicate: OnDuplicate;
  readonly allowDirty: boolean;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  readonly otp?: string | undefined;
  /** Is told of every act before and after it; nobody by default. */
  readonly log?: PublishLog | undefined;
}

export type PublishReport =
  | { readonly kind: 'refused'; readonly problems: readonly ForgeError[] }
  | { readonly kind: 'ran'; readonly results: ReadonlyMap<PublishUnit, UnitResult> };

const visibleWithin = 120_000;

/** How many questions are put to the registries at once. */
const width = 32;

/**
 * Publishes units, in this order:
 * 1. ask the registries what they hold of each, once;
 * 2. preflight for those that will be uploaded, `others` of the same run included: any problem stops everything;
 * 3. run the steps of each unit; what is uploaded waits for what it needs.
 */
export async function publishUnits(
  workspace: Workspace,
  units: readonly PublishUnit[],
  others: readonly PublishUnit[],
  options: PublishOptions,
  world: World,
  onResult: (unit: PublishUnit, result: UnitResult) => void,
): Promise<PublishReport> {
  const seen = await lookAtAll(units, others, world);
  const open = [...seen].filter(([, live]) => isOpen(live)).map(([unit]) => unit);
  const upstream = upstreamOf(workspace.model, open);
  const problems = preflight({
    model: workspace.model,
    units: open,
    registry: options,
    changedFiles:
      options.allowDirty || open.length === 0 ? [] : await listChangedFiles(workspace.root),
  });
  if (problems.length > 0) return { kind: 'refused', problems };
  const exported = createWorkspaceExport(workspace);
  const context: StepContext = {
    world,
    seen,
    onDuplicate: options.onDuplicate,
    visibleWithin,
    log: options.log ?? noLog,
    upload: (unit) =>
      uploadUnit(unit, world, exported, {
        tokenFor: ({ node }) => tokenFor(node.ecosystem, options).token,
        tag: options.tag,
        access: options.access,
        otp: options.otp,
      }),
  };
  try {
    const results = await runUnits(units, upstream, (unit) => runSteps(unit, context), onResult);
    return { kind: 'ran', results };
  } finally {
    exported.dispose();
  }
}

/** Of units of other batches only their presence counts: they have no artifacts to compare. */
async function lookAtAll(
  units: readonly PublishUnit[],
  others: readonly PublishUnit[],
  world: World,
): Promise<ReadonlyMap<PublishUnit, LiveState>> {
  const slot = slots(width);
  const all = [...units, ...others];
  return new Map(
    await Promise.all(
      all.map(async (unit) => [unit, await slot(() => compareArtifacts(unit, world))] as const),
    ),
  );
}

/** Only an upload has to wait: what is live already, or cannot be asked for, has its result. */
function upstreamOf(model: WorkspaceModel, open: readonly PublishUnit[]): Upstream {
  const nodes = new Set(open.map(({ node }) => node));
  return new Map([...publishUpstream(model)].filter(([node]) => nodes.has(node)));
}
