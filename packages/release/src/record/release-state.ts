import type { Actor } from '../effects/actor';
import type { JournalEntry } from './journal';

/** The stages of a release, in their order. */
export type StageName =
  | 'version'
  | 'commit'
  | 'package'
  | 'rehearse'
  | 'publish'
  | 'tag'
  | 'push'
  | 'forge release'
  | 'record';

/** The parts of a release: its stages, and what is done to one package. */
export type StepName = StageName | 'upload' | 'visible';

export interface StepEntry extends JournalEntry {
  readonly event: 'step';
  readonly step: StepName;
  /** A project, a package, a tag; absent for a stage as a whole. */
  readonly subject?: string;
  readonly state: 'begins' | 'done' | 'failed' | 'undone';
}

export type EndOutcome = 'released' | 'rolled back' | 'abandoned';

/** What a journal says: a pure reduction of its lines, so that whoever reads it later knows what the writer knew. */
export interface ReleaseState {
  /** Undefined for a journal whose first line was never finished: then nothing was done. */
  readonly begin: JournalEntry | undefined;
  /** When somebody went on with it. */
  readonly resumes: readonly JournalEntry[];
  /** The latest word on each step of each subject, in the order in which they were first named. */
  readonly steps: readonly StepEntry[];
  readonly outcome: EndOutcome | undefined;
}

export function releaseState(entries: readonly JournalEntry[]): ReleaseState {
  const steps = new Map<string, StepEntry>();
  for (const entry of entries.filter(isStep)) steps.set(keyOf(entry.step, entry.subject), entry);
  const end = entries.findLast(({ event }) => event === 'end');
  return {
    begin: entries.find(({ event }) => event === 'begin'),
    resumes: entries.filter(({ event }) => event === 'resume'),
    steps: [...steps.values()],
    outcome: end?.['outcome'] as EndOutcome | undefined,
  };
}

export function findStep(
  { steps }: ReleaseState,
  step: StepName,
  subject?: string,
): StepEntry | undefined {
  return steps.find((each) => each.step === step && each.subject === subject);
}

export function isDone(state: ReleaseState, step: StepName, subject?: string): boolean {
  return findStep(state, step, subject)?.state === 'done';
}

/** Labels of the packages that are known to be live. */
export function livePackages({ steps }: Pick<ReleaseState, 'steps'>): string[] {
  const live = steps.filter(({ step, state }) => step === 'publish' && state === 'done');
  return live.flatMap(({ subject }) => subject ?? []);
}

/** Labels of the packages whose upload was begun at any time: something of them may be live. */
export function touchedPackages({ steps }: ReleaseState): string[] {
  const touched = steps.filter(({ step }) => step === 'upload' || step === 'visible');
  const labels = touched.flatMap(({ subject }) => subject ?? []);
  return [...new Set([...labels, ...livePackages({ steps })])];
}

/** Who began the release, or went on with it, last before a time. Undefined in journals that do not say it. */
export function actorAt({ begin, resumes }: ReleaseState, at: string): Actor | undefined {
  const starts = [...(begin ? [begin] : []), ...resumes];
  return starts.findLast((entry) => entry.at <= at)?.['actor'] as Actor | undefined;
}

function isStep(entry: JournalEntry): entry is StepEntry {
  return entry.event === 'step';
}

function keyOf(step: string, subject: string | undefined): string {
  return `${step}\0${subject ?? ''}`;
}
