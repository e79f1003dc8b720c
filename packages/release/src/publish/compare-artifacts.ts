import { createHash } from 'node:crypto';
import type { Artifact, Presence, RemoteFile } from '@forge/ecosystems';
import { readBytes } from '../effects/files';
import type { PublishUnit } from '../plan/publish-unit';
import type { Ask } from './questions';

/** What the registry holds of a unit, file by file. `unknown` is an answer of its own, never "absent". */
export type LiveState =
  | { readonly state: 'absent' }
  | { readonly state: 'live'; readonly how: 'identical' | 'same content'; readonly url?: string }
  /** Some files are live and right, these are not there yet. */
  | { readonly state: 'partial'; readonly missing: readonly Artifact[] }
  | { readonly state: 'drifted'; readonly detail: string; readonly url?: string }
  /** The digest that the registry lists is not that of what it serves. */
  | { readonly state: 'contradictory'; readonly detail: string }
  | { readonly state: 'unknown'; readonly reason: string };

/** Something is left to upload. Every other answer is final: what is live stays, and unknown is not for guessing. */
export function isOpen({ state }: LiveState): boolean {
  return state === 'absent' || state === 'partial';
}

type FileState =
  | { readonly state: 'missing' | 'identical' | 'same content' }
  | { readonly state: 'drifted' | 'contradictory' | 'unknown'; readonly detail: string };

export async function lookUp(unit: PublishUnit, ask: Ask): Promise<Presence> {
  const { remote } = unit.node.ecosystem;
  const { name } = unit.node.manifest;
  const response = await ask(unit, remote.lookup(name, unit.version, unit.endpoints));
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
export async function compareArtifacts(unit: PublishUnit, ask: Ask): Promise<LiveState> {
  const presence = await lookUp(unit, ask);
  if (presence.state !== 'present') return presence;
  const { files } = presence;
  const found = await Promise.all(
    unit.artifacts.map(async (artifact) => ({
      artifact,
      ...(await compareFile(unit, artifact, files, ask)),
    })),
  );
  const details = (state: FileState['state']): string =>
    found
      .flatMap((each) => (each.state === state && 'detail' in each ? each.detail : []))
      .join('; ');
  const url = files[0]?.url === undefined ? {} : { url: files[0].url };
  const states = new Set(found.map(({ state }) => state));
  if (states.has('unknown')) return { state: 'unknown', reason: details('unknown') };
  if (states.has('contradictory'))
    return { state: 'contradictory', detail: details('contradictory') };
  if (states.has('drifted')) return { state: 'drifted', detail: details('drifted'), ...url };
  const missing = found.filter(({ state }) => state === 'missing').map(({ artifact }) => artifact);
  if (missing.length > 0) return { state: 'partial', missing };
  return { state: 'live', how: states.has('same content') ? 'same content' : 'identical', ...url };
}

async function compareFile(
  unit: PublishUnit,
  artifact: Artifact,
  files: readonly RemoteFile[],
  ask: Ask,
): Promise<FileState> {
  const { filename, path } = artifact;
  const remote = files.find((file) => file.filename === filename);
  if (!remote) return { state: 'missing' };
  if (isPacked(remote, artifact)) return { state: 'identical' };
  const live = await ask(unit, { method: 'GET', url: remote.url });
  if (live.status !== 200) {
    const answer = live.status || Buffer.from(live.body).toString();
    return { state: 'unknown', detail: `GET ${remote.url} answers ${answer}` };
  }
  const served = sha256(live.body);
  if (!isDigestOf(remote, live.body)) {
    const listed = remote.digests.map(({ algorithm, value }) => `${algorithm} ${value}`).join(', ');
    const detail = `it lists ${filename} with ${listed}, and serves sha256 ${served}`;
    return { state: 'contradictory', detail };
  }
  const bytes = readBytes(path);
  if (isSameContent(unit, filename, bytes, live.body)) return { state: 'same content' };
  const detail = `${filename} has other content in the registry (packed: sha256 ${sha256(bytes)}, live: sha256 ${served})`;
  return { state: 'drifted', detail };
}

/** What was packed is what its record says; the file is read where a registry gives a digest that is not recorded. */
function isPacked({ digests }: RemoteFile, { path, sha256: recorded }: Artifact): boolean {
  const isRecorded = ({ algorithm }: RemoteFile['digests'][number]): boolean =>
    algorithm === 'sha256';
  if (digests.filter(isRecorded).some(({ value }) => value !== recorded)) return false;
  const others = digests.filter((digest) => !isRecorded(digest));
  return others.length === 0 || isDigestOf({ digests: others }, readBytes(path));
}

/** All digests that a registry gives: one that agrees says little about a file when another does not. */
function isDigestOf({ digests }: Pick<RemoteFile, 'digests'>, bytes: Uint8Array): boolean {
  return digests.every(
    ({ algorithm, value }) => createHash(algorithm).update(bytes).digest('hex') === value,
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isSameContent(
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
