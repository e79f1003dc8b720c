import type { ForgeError } from '@forge/ecosystems';
import { listChangedFiles } from '../effects/git';
import type { Workspace } from '../effects/open-workspace';
import type { World } from '../effects/world';
import { createWorkspaceExport } from '../package/workspace-export';
import { publishUpstream } from '../graph/order';
import { preflight } from '../preflight/preflight';
import { compareArtifacts, lookUp } from './compare-artifacts';
import type { PublishUnit } from '../plan/publish-unit';
import type { OnDuplicate, UnitResult } from './unit-result';
import { tokenFor, type RegistryOptions } from '../configuration/registry-target';
import { runUnits } from './run-units';
import { runSteps, type StepContext } from './steps';
import { uploadUnit } from './upload';

export interface PublishOptions extends RegistryOptions {
  readonly onDuplicate: OnDuplicate;
  readonly allowDirty: boolean;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
}

export type PublishReport =
  | { readonly kind: 'refused'; readonly problems: readonly ForgeError[] }
  | { readonly kind: 'ran'; readonly results: ReadonlyMap<PublishUnit, UnitResult> };

const visibleWithin = 120_000;

/**
 * Publishes units, in this order:
 * 1. ask the registries which of them are live already;
 * 2. preflight for those that are not, `others` of the same run included: any problem stops everything;
 * 3. run the steps of each unit along the graph.
 */
export async function publishUnits(
  workspace: Workspace,
  units: readonly PublishUnit[],
  others: readonly PublishUnit[],
  options: PublishOptions,
  world: World,
  onResult: (unit: PublishUnit, result: UnitResult) => void,
): Promise<PublishReport> {
  const open = await openUnits(units, others, world);
  const changedFiles =
    options.allowDirty || open.length === 0 ? [] : await listChangedFiles(workspace.root);
  const problems = preflight({
    model: workspace.model,
    units: open,
    registry: options,
    changedFiles,
  });
  if (problems.length > 0) return { kind: 'refused', problems };
  const exported = createWorkspaceExport(workspace);
  const context: StepContext = {
    world,
    onDuplicate: options.onDuplicate,
    visibleWithin,
    upload: (unit) =>
      uploadUnit(unit, world, exported, {
        tokenFor: ({ node }) => tokenFor(node.ecosystem, options).token,
        tag: options.tag,
        access: options.access,
      }),
  };
  try {
    const upstream = publishUpstream(workspace.model);
    return {
      kind: 'ran',
      results: await runUnits(units, upstream, (unit) => runSteps(unit, context), onResult),
    };
  } finally {
    exported.dispose();
  }
}

/** Units of the whole run that will be uploaded. An answer that says nothing keeps its unit out: its own step reports it. */
async function openUnits(
  units: readonly PublishUnit[],
  others: readonly PublishUnit[],
  world: World,
): Promise<readonly PublishUnit[]> {
  const own = units.map(async (unit) => {
    const { state } = await compareArtifacts(unit, world);
    return state === 'absent' || state === 'partial' ? [unit] : [];
  });
  const rest = others.map(async (unit) =>
    (await lookUp(unit, world)).state === 'absent' ? [unit] : [],
  );
  return (await Promise.all([...own, ...rest])).flat();
}
