import type { UploadContext, UploadOutcome } from '@forge/ecosystems';
import { findProgram } from '../effects/programs';
import type { World } from '../effects/world';
import type { WorkspaceExport } from '../package/workspace-export';
import { programsFor } from '../preflight/tools';
import type { PublishUnit } from '../plan/publish-unit';

export interface UploadSettings {
  readonly tokenFor: (unit: PublishUnit) => string | undefined;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  readonly otp?: string | undefined;
}

/** Uploads the artifacts of a unit; the first upload that is refused ends it. */
export async function uploadUnit(
  unit: PublishUnit,
  world: World,
  exported: WorkspaceExport,
  settings: UploadSettings,
): Promise<UploadOutcome> {
  const exportRoot = await exported.rootFor(unit.node);
  if (!exportRoot.ok)
    return { kind: 'rejected', detail: exportRoot.problems.map(({ what }) => what).join('; ') };
  const context = uploadContext(unit, exportRoot.value, exported, settings);
  let last: UploadOutcome = { kind: 'rejected', detail: 'the ecosystem offers no way to upload' };
  for (const upload of unit.node.ecosystem.tool.uploads(context)) {
    last =
      upload.kind === 'command'
        ? upload.classify(await world.upload(upload.command))
        : upload.classify(await world.request(upload.request));
    if (last.kind !== 'published' && last.kind !== 'already-there') return last;
  }
  return last;
}

function uploadContext(
  unit: PublishUnit,
  exportRoot: string,
  exported: WorkspaceExport,
  { tokenFor, tag, access, otp }: UploadSettings,
): UploadContext {
  const { tool } = unit.node.ecosystem;
  const token = tokenFor(unit);
  return {
    manifest: unit.node.manifest,
    artifacts: unit.artifacts,
    exportRoot,
    workDir: exported.workDirFor(unit.node),
    endpoints: unit.endpoints,
    programs: programsFor(tool.needs(unit.node.manifest).publish, findProgram),
    ...(token === undefined ? {} : { token }),
    ...(tag === undefined ? {} : { tag }),
    ...(access === undefined ? {} : { access }),
    ...(otp === undefined ? {} : { otp }),
  };
}
