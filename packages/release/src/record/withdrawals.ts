import { join } from 'node:path';
import type { Endpoints } from '@forge/ecosystems';
import { listDirectory } from '../effects/files';
import { openJournal, readJournal, type Journal } from './journal';
import { listReleases } from './release-store';
import { livePackages, type ReleaseState } from './release-state';

/** A package at a version, as a journal names it. */
export interface RecordedPackage {
  /** `<ecosystem>:<name>@<version>`. */
  readonly label: string;
  /** When it became visible, in milliseconds since the epoch. */
  readonly at: number;
  /** Where it went. */
  readonly endpoints?: Endpoints;
}

const directory = '.forge/withdrawals';

/** A journal of its own for every withdrawal: what is begun is on the disk before it acts. */
export function withdrawalJournal(root: string, act: string, now: () => number): Journal {
  const stamp = new Date(now()).toISOString().replaceAll(':', '-');
  return openJournal(join(root, directory, `${stamp}-${act}.jsonl`), now);
}

/** What the last release left live; with its id, for people. */
export function lastReleased(
  root: string,
): { readonly id: string; readonly packages: readonly RecordedPackage[] } | undefined {
  const release = listReleases(root).findLast(({ state }) => livePackages(state).length > 0);
  return release && { id: release.id, packages: livesOf(release.state) };
}

/** Everything that releases of this workspace ever made live, by its label. */
export function everReleased(root: string): ReadonlyMap<string, RecordedPackage> {
  const all = listReleases(root).flatMap(({ state }) => livesOf(state));
  return new Map(all.map((each) => [each.label, each]));
}

function livesOf(state: ReleaseState): readonly RecordedPackage[] {
  const live = new Set(livePackages(state));
  const done = state.steps.filter(({ step }) => step === 'publish');
  return done.flatMap(({ subject, at, endpoints }) => {
    if (subject === undefined || !live.has(subject)) return [];
    const place = endpoints === undefined ? {} : { endpoints: endpoints as Endpoints };
    return [{ label: subject, at: Date.parse(at), ...place }];
  });
}

/** What was taken back last. */
export function lastWithdrawn(root: string): readonly string[] {
  const journals = listDirectory(join(root, directory)).filter((name) =>
    name.endsWith('-yank.jsonl'),
  );
  const done = journals
    .map((name) => readJournal(join(root, directory, name)))
    .map((entries) => entries.filter(({ event, state }) => event === 'step' && state === 'done'))
    .findLast((entries) => entries.length > 0);
  return (done ?? []).map(({ subject }) => String(subject));
}
