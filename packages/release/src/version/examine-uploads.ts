import { readNxJson } from '@nx/devkit';
import { withDestinations } from '../credentials/destinations';
import { whoeverAnswers } from '../effects/confirm';
import type { ReleaseIntent } from '../effects/nx-arguments';
import { createWorld } from '../effects/world';
import { plannedUnits } from '../plan/planned-units';
import type { PublishUnit } from '../plan/publish-unit';
import type { Release } from '../plan/settle-release';
import { preflightRun } from '../preflight/preflight-run';
import type { PreflightReport } from '../preflight/report';
import type { NxRun } from './nx-run';
import type { VersionSession } from './version-session';

/** Everything that would stop the uploads of a release, asked before anything is written. */
export async function examineUploads(
  session: VersionSession,
  { plan }: Release,
  { dryRun, yes }: ReleaseIntent,
): Promise<PreflightReport> {
  const { tree, model, reader, options, run, planner } = session;
  const workspace = { root: tree.root, model, reader, options };
  const isOurs = ({ node }: PublishUnit): boolean =>
    run.publishTargetOf(node.project)?.executor === '@forge/release:publish';
  const given = givenOptions(plannedUnits(plan, model, options).filter(isOurs), run);
  const target = await withDestinations(
    { registry: given.registry ?? options.registry, allowDirty: given.allowDirty ?? false },
    workspace,
  );
  const setsTags = readNxJson(tree)?.release?.git?.tag ?? true;
  const tags = setsTags ? run.tagsOf((project) => planner.versionOf(project)) : [];
  const answers = whoeverAnswers(yes || dryRun);
  const { report } = await preflightRun(
    workspace,
    plannedUnits(plan, model, target).filter(isOurs),
    {
      ...{ ...target, tags, ...(answers ? { confirm: answers } : {}) },
      ...{ provenance: given.provenance, access: given.access },
      ...(given.limitWithin === undefined ? {} : { limitWithin: given.limitWithin * 1000 }),
    },
    createWorld({ dryRun }),
  );
  return report;
}

interface TargetOptions {
  readonly registry?: string;
  readonly allowDirty?: boolean;
  readonly provenance?: boolean;
  readonly access?: 'public' | 'restricted';
  /** Seconds. */
  readonly limitWithin?: number;
}

/** The publishing process too goes by the options of the first task of its batch. */
function givenOptions([first]: readonly PublishUnit[], run: NxRun): TargetOptions {
  const options: unknown = first && run.publishTargetOf(first.node.project)?.options;
  return (options ?? {}) as TargetOptions;
}
