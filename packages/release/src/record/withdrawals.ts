import { join } from 'node:path';
import { listDirectory } from '../effects/files';
import { openJournal, readJournal, type Journal } from './journal';
import { listReleases } from './release-store';
import { livePackages } from './release-state';

/** A package at a version, as a journal names it. */
export interface RecordedPackage {
  /** `<ecosystem>:<name>@<version>`. */
  readonly label: string;
  /** When it became visible, in milliseconds since the epoch. */
  readonly at: number;
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
  if (!release) return undefined;
  const live = new Set(livePackages(release.state));
  const done = release.state.steps.filter(({ step }) => step === 'publish');
  const packages = done.flatMap(({ subject, at }) =>
    subject !== undefined && live.has(subject) ? [{ label: subject, at: Date.parse(at) }] : [],
  );
  return { id: release.id, packages };
}

/** What was taken back last. */
export function lastWithdrawn(root: string): readonly string[] {
  const journals = listDirectory(join(root, directory)).filter((name) => name.endsWith('-yank.jsonl'));
  const done = journals
    .map((name) => readJournal(join(root, directory, name)))
    .map((entries) => entries.filter(({ event, state }) => event === 'step' && state === 'done'))
    .findLast((entries) => entries.length > 0);
  return (done ?? []).map(({ subject }) => String(subject));
}
