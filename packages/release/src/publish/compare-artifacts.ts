import { createHash } from 'node:crypto';
import type { Artifact, Presence, RemoteFile } from '@forge/ecosystems';
import { readBytes } from '../effects/files';
import type { World } from '../effects/world';
import type { PublishUnit } from '../plan/publish-unit';

/** What the registry holds of a unit, file by file. `unknown` is an answer of its own, never "absent". */
export type LiveState =
  | { readonly state: 'absent' }
  | { readonly state: 'live'; readonly how: 'identical' | 'same content'; readonly url?: string }
  /** Some files are live and right, these are not there yet. */
  | { readonly state: 'partial'; readonly missing: readonly Artifact[] }
  | { readonly state: 'drifted'; readonly detail: string; readonly url?: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** Something is left to upload. Every other answer is final: what is live stays, and unknown is not for guessing. */
export function isOpen({ state }: LiveState): boolean {
  return state === 'absent' || state === 'partial';
}

type FileState =
  'missing' | 'identical' | 'same content' | 'drifted' | { readonly unknown: string };

export async function lookUp(unit: PublishUnit, world: World): Promise<Presence> {
  const { remote } = unit.node.ecosystem;
  const { name } = unit.node.manifest;
  const response = await world.request(remote.lookup(name, unit.version, unit.endpoints));
  // The world answers 0 for a request that reached nobody.
  if (response.status === 0)
    return {
      state: 'unknown',
      reason: `it cannot be reached: ${Buffer.from(response.body).toString()}`,
    };
  return remote.presence(name, unit.version, response, unit.endpoints);
}

/**
 * Compares by digest first. Only where digests differ are the live bytes fetched and both unpacked:
 * builds leave timestamps, member order and the recorded commit behind, which are no drift.
 */
export async function compareArtifacts(unit: PublishUnit, world: World): Promise<LiveState> {
  const presence = await lookUp(unit, world);
  if (presence.state !== 'present') return presence;
  const states = await Promise.all(
    unit.artifacts.map(async (artifact) => ({
      artifact,
      state: await compareFile(unit, artifact, presence.files, world),
    })),
  );
  for (const { state } of states)
    if (typeof state === 'object') return { state: 'unknown', reason: state.unknown };
  const url = presence.files[0]?.url;
  const drifted = states
    .filter(({ state }) => state === 'drifted')
    .map(({ artifact }) => artifact.filename);
  if (drifted.length > 0)
    return {
      state: 'drifted',
      detail: `${drifted.join(', ')} has other content in the registry`,
      ...(url ? { url } : {}),
    };
  const missing = states.filter(({ state }) => state === 'missing').map(({ artifact }) => artifact);
  if (missing.length > 0) return { state: 'partial', missing };
  const how = states.every(({ state }) => state === 'identical') ? 'identical' : 'same content';
  return { state: 'live', how, ...(url ? { url } : {}) };
}

async function compareFile(
  unit: PublishUnit,
  artifact: Artifact,
  files: readonly RemoteFile[],
  world: World,
): Promise<FileState> {
  const remote = files.find(({ filename }) => filename === artifact.filename);
  if (!remote) return 'missing';
  const bytes = readBytes(artifact.path);
  const same = remote.digests.some(
    ({ algorithm, value }) => createHash(algorithm).update(bytes).digest('hex') === value,
  );
  if (same) return 'identical';
  const live = await world.request({ method: 'GET', url: remote.url });
  if (live.status !== 200)
    return {
      unknown: `GET ${remote.url} answers ${live.status || Buffer.from(live.body).toString()}`,
    };
  return sameContent(unit, artifact.filename, bytes, live.body) ? 'same content' : 'drifted';
}

function sameContent(
  unit: PublishUnit,
  filename: string,
  ours: Uint8Array,
  theirs: Uint8Array,
): boolean {
  const { tool } = unit.node.ecosystem;
  const [a, b] = [tool.inspect(filename, ours), tool.inspect(filename, theirs)];
  if (!a.ok || !b.ok || a.value.members.size !== b.value.members.size) return false;
  const { members } = b.value;
  return [...a.value.members].every(([path, hash]) => members.get(path) === hash);
}
