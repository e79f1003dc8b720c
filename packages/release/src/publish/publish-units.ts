import type { ForgeError } from '@forge/ecosystems';
import type { Workspace } from '../effects/open-workspace';
import { meanwhile } from '../effects/meanwhile';
import { lookAround } from '../effects/surroundings';
import type { World } from '../effects/world';
import { createWorkspaceExport, type WorkspaceExport } from '../package/workspace-export';
import type { WorkspaceModel } from '../graph/model';
import { publishUpstream } from '../graph/order';
import type { Upstream } from '../plan/publish-order';
import type { Keyring } from '../credentials/keyring';
import { keyringOf, preflightRun } from '../preflight/preflight-run';
import { forDryRun, type PreflightReport } from '../preflight/report';
import { compareArtifacts, isOpen, type LiveState } from './compare-artifacts';
import { defaultDeadlines, type Deadlines } from '../configuration/deadlines';
import type { PublishUnit } from '../plan/publish-unit';
import { noLog, type PublishLog } from './publish-log';
import { patiently, questions, type Ask } from './questions';
import { readersOf } from '../credentials/readers';
import { rankUnits } from './rank';
import { registryGates } from '../plan/registry-gate';
import type { OnDuplicate, UnitResult } from './unit-result';
import { isAstray, type RegistryOptions } from '../configuration/registry-target';
import { unrehearsed } from '../record/rehearsals';
import { runUnits } from './run-units';
import { slots } from '../effects/slots';
import type { StepContext } from './step';
import { runSteps } from './steps';
import { uploadUnit } from './upload';

export interface PublishOptions extends RegistryOptions {
  readonly onDuplicate: OnDuplicate;
  readonly allowDirty: boolean;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  /** In place of what the plugin's options say. */
  readonly provenance?: boolean | undefined;
  readonly otp?: string | undefined;
  /** After a failure no upload begins any more; those under way reach their end. */
  readonly failFast?: boolean | undefined;
  /** Nothing is uploaded of which no rehearsal has a receipt. */
  readonly requireRehearsal?: boolean | undefined;
  readonly deadlines?: Partial<Deadlines> | undefined;
  /** Is told what preflight found, warnings and names that are published for the first time among it. */
  readonly beforeUploads?: ((report: PreflightReport) => void) | undefined;
  /** Is told of every act before and after it; nobody by default. */
  readonly log?: PublishLog | undefined;
}

export type PublishReport =
  | { readonly kind: 'refused'; readonly problems: readonly ForgeError[] }
  | { readonly kind: 'ran'; readonly results: ReadonlyMap<PublishUnit, UnitResult> };

/** How many uploads run side by side. Registries limit per account; more only queues elsewhere. */
const width = 8;

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
  const gates = registryGates(world.now());
  const all = [...units, ...others];
  const astray = all.filter(({ node }) => isAstray(node, options));
  const placed = all.filter((unit) => !astray.includes(unit));
  const ask = questions(world, gates, readersOf(keyringOf(workspace, placed, options, world)));
  // From before the first answer: none of them is older than this says.
  const seenAt = world.now();
  const [seen, surroundings] = await Promise.all([
    lookAtAll(placed, patiently(ask, world, gates)),
    meanwhile(() => {
      loadUploading(placed);
      return lookAround(workspace.root, options);
    }),
  ]);
  const open = [...seen].filter(([, live]) => isOpen(live)).map(([unit]) => unit);
  const upstream = upstreamOf(workspace.model, open);
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const provenance = options.provenance ?? workspace.options.provenance;
  const { limitWithin } = deadlines;
  const preflight = { ...options, surroundings, limitWithin, provenance };
  const found = await preflightRun(workspace, [...open, ...astray], preflight, world);
  const { keyring } = found;
  const report = world.dryRun ? forDryRun(found.report) : found.report;
  options.beforeUploads?.(report);
  const lacking = options.requireRehearsal ? unrehearsed(workspace.root, open) : [];
  const problems = [...report.problems, ...lacking];
  if (problems.length > 0) return { kind: 'refused', problems };
  const exported = createWorkspaceExport(workspace);
  let stoppedBy: PublishUnit | undefined;
  const context: StepContext = {
    ...{ world, seen, seenAt, gates, ask },
    log: options.log ?? noLog,
    onDuplicate: options.onDuplicate,
    deadlines,
    slot: slots(width),
    rank: rankUnits(units, upstream),
    stoppedBy: () => stoppedBy,
    upload: uploader(world, exported, keyring, { ...options, provenance }),
  };
  const tell = (unit: PublishUnit, result: UnitResult): void => {
    if (options.failFast && result.kind === 'failed') stoppedBy ??= unit;
    onResult(unit, result);
  };
  try {
    const results = await runUnits(units, upstream, (unit) => runSteps(unit, context), tell);
    return { kind: 'ran', results };
  } finally {
    exported.dispose();
  }
}

function uploader(
  world: World,
  exported: WorkspaceExport,
  keyring: Keyring,
  options: PublishOptions,
): StepContext['upload'] {
  const { tag, access, provenance, otp, deadlines } = options;
  const asked = { tag, access, provenance, otp };
  const uploadWithin = deadlines?.uploadWithin ?? defaultDeadlines.uploadWithin;
  return async (unit, artifacts) => {
    // Asked again for every upload: a token of trusted publishing may have ended meanwhile.
    const credential = await keyring.find(unit);
    if (!credential.ok)
      return {
        kind: 'needs-credentials',
        detail: credential.problems.map(({ what }) => what).join('; '),
      };
    const { token, username } = credential.value;
    const settings = { ...asked, uploadWithin, username, tokenFor: () => token };
    return uploadUnit(unit, artifacts, world, exported, settings);
  };
}

/** Of units of other batches only their presence counts: they have no artifacts to compare. */
async function lookAtAll(
  units: readonly PublishUnit[],
  ask: Ask,
): Promise<ReadonlyMap<PublishUnit, LiveState>> {
  return new Map(
    await Promise.all(
      units.map(async (unit) => [unit, await compareArtifacts(unit, ask)] as const),
    ),
  );
}

/** Modules that are needed as soon as a registry has answered. */
function loadUploading(units: readonly PublishUnit[]): void {
  for (const { node } of units) void [node.ecosystem.access, node.ecosystem.tool];
}

/** Only an upload has to wait: what is live already, or cannot be asked for, has its result. */
function upstreamOf(model: WorkspaceModel, open: readonly PublishUnit[]): Upstream {
  const nodes = new Set(open.map(({ node }) => node));
  return new Map([...publishUpstream(model)].filter(([node]) => nodes.has(node)));
}
