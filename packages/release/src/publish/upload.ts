import { createHash } from 'node:crypto';
import {
  ok,
  type Artifact,
  type Upload,
  type UploadContext,
  type UploadOutcome,
} from '@forge/ecosystems';
import { readBytes } from '../effects/files';
import { findProgram } from '../effects/programs';
import type { World } from '../effects/world';
import type { WorkspaceExport } from '../package/workspace-export';
import { programsFor } from '../preflight/tools';
import { takesProvenance } from '../preflight/provenance';
import { isNoRoom } from '../plan/no-room';
import type { PublishUnit } from '../plan/publish-unit';
import { duration } from '../plan/duration';

export interface UploadSettings {
  readonly tokenFor: (unit: PublishUnit) => string | undefined;
  /** The account of the token, where the registry wants one. */
  readonly username?: string | undefined;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  /** Statements of provenance go along wherever they are taken. */
  readonly provenance?: boolean | undefined;
  readonly otp?: string | undefined;
  /** Milliseconds until an upload without an answer is stopped. */
  readonly uploadWithin?: number;
}

/** What became of one try; the last two happened on this machine, and no registry was asked. */
export type UploadAttempt =
  UploadOutcome | { readonly kind: 'no-room' | 'changed'; readonly detail: string };

/** Uploads artifacts of a unit, those that were packed and no others; the first one that is refused ends it. */
export async function uploadUnit(
  unit: PublishUnit,
  artifacts: readonly Artifact[],
  world: World,
  exported: WorkspaceExport,
  settings: UploadSettings,
): Promise<UploadAttempt> {
  const { tool } = unit.node.ecosystem;
  const { changed, bodyOf } = lookThrough(artifacts);
  if (changed.length > 0)
    return { kind: 'changed', detail: changed.map(({ path }) => `\`${path}\``).join(', ') };
  // A copy of the workspace costs more than most uploads: it is made where a tool packs again.
  const exportRoot = tool.repacks ? await exported.rootFor(unit.node) : ok('');
  if (!exportRoot.ok)
    return { kind: 'rejected', detail: exportRoot.problems.map(({ what }) => what).join('; ') };
  const context = uploadContext(unit, artifacts, exportRoot.value, exported, settings);
  let last: UploadAttempt = { kind: 'rejected', detail: 'the ecosystem offers no way to upload' };
  for (const upload of tool.uploads(context)) {
    last = await send(upload, bodyOf(upload), world, settings.uploadWithin);
    if (last.kind !== 'published' && last.kind !== 'already-there') break;
  }
  if (last.kind !== 'needs-credentials') return last;
  const sent = context.token === undefined ? 'no token was sent' : 'a token was sent';
  return { ...last, detail: `${last.detail} (${sent})` };
}

async function send(
  upload: Upload,
  body: Uint8Array | undefined,
  world: World,
  timeoutMs: number | undefined,
): Promise<UploadAttempt> {
  const timeout = timeoutMs === undefined ? {} : { timeoutMs };
  if (upload.kind === 'request')
    return upload.classify(await world.request({ ...upload.request, ...timeout }, body));
  const { program } = upload.command;
  const result = await world.upload({ ...upload.command, ...timeout });
  if (result.timedOut) {
    const detail = `\`${program}\` had no end after ${duration(timeoutMs ?? 0)} and was stopped`;
    return { kind: 'unreachable', detail };
  }
  const outcome = upload.classify(result);
  const isOwn = outcome.kind === 'rejected' && isNoRoom(outcome.detail);
  return isOwn ? { kind: 'no-room', detail: outcome.detail } : outcome;
}

interface Looked {
  /** Those that are not as they were packed any more. */
  readonly changed: readonly Artifact[];
  /** The bytes that were looked at, for the upload that sends them; forgotten from then on. */
  bodyOf(upload: Upload): Uint8Array | undefined;
}

/**
 * A single artifact is read once: what was looked at is what is sent. Of several, all are looked at before the first
 * one goes, and no more than one is in memory.
 */
function lookThrough(artifacts: readonly Artifact[]): Looked {
  let held: { readonly path: string; readonly bytes: Uint8Array } | undefined;
  const changed = artifacts.filter(({ path, sha256 }) => {
    held = { path, bytes: readBytes(path) };
    return createHash('sha256').update(held.bytes).digest('hex') !== sha256;
  });
  if (artifacts.length > 1) held = undefined;
  return {
    changed,
    bodyOf(upload) {
      const looked = held;
      held = undefined;
      const isSent = upload.kind === 'request' && upload.request.bodyFile === looked?.path;
      return isSent ? looked?.bytes : undefined;
    },
  };
}

function uploadContext(
  unit: PublishUnit,
  artifacts: readonly Artifact[],
  exportRoot: string,
  exported: WorkspaceExport,
  { tokenFor, username, tag, access, provenance, otp }: UploadSettings,
): UploadContext {
  const { tool } = unit.node.ecosystem;
  const token = tokenFor(unit);
  return {
    manifest: unit.node.manifest,
    artifacts,
    exportRoot,
    get workDir() {
      return exported.workDirFor(unit.node);
    },
    endpoints: unit.endpoints,
    programs: programsFor(tool.needs(unit.node.manifest).publish, findProgram),
    ...(token === undefined ? {} : { token }),
    ...(username === undefined ? {} : { username }),
    ...(tag === undefined ? {} : { tag }),
    ...(access === undefined ? {} : { access }),
    ...(provenance && takesProvenance(unit) ? { provenance } : {}),
    ...(otp === undefined ? {} : { otp }),
  };
}
